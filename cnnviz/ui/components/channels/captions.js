// Titles with the sizes of what stands below them.

/** Write what stands above the columns, with their sizes, and the bias. */
function writeCaptions(lesson, inputs) {
  const { page, kernels, captions, title, junction } = lesson;
  const size = (channels) => [...(channels[0].length > 1 ? sides(channels[0]) : sides(channels[0]).slice(1)), channels.length].join(" × ");
  const [input, kernel, partial] = captions;
  write(input, `Input ${size(inputs)}`);
  write(kernel, `Filter ${page.reads.length > 1 ? `${page.shown + 1}: ` : ""}${size(kernels)}`);
  write(partial, kernels.length > 1 ? "Partial maps" : "Partial map");
  write(title, page.relu ? "Activation map" : page.reads.length > 1 ? `Map ${page.shown + 1}` : "Output");
  write(junction.bias, `bias ${brief(page.bias)}`);
  junction.bias.title = exact(page.bias);
}
