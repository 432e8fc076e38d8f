"""The architectures as PyTorch counts them: shapes and parameters of its own modules, without any memory."""

import pytest

from cnnviz.presets.architectures import ARCHITECTURES
from tests.each import each

OLD = {"LeNet-5 (1998)"}  # its layers are of 1998, and PyTorch has none of them


@pytest.mark.torch
@each("title", [title for title in ARCHITECTURES if title not in OLD])
def test_shapes_and_parameters_are_those_of_pytorch(title):
    torch = pytest.importorskip("torch", reason="PyTorch is a benchmark tool, not needed to run the app")
    from tests.presets.torch_modules import MODULES

    record, total = ARCHITECTURES[title], 0
    with torch.device("meta"), torch.no_grad():
        outputs = {"input": torch.empty(1, *record.input_shape)}
        for line in record.rows():
            name, kind = line.node.name, type(line.node.layer).__name__
            inputs = [outputs[below] for below in line.node.inputs]
            if kind in ("Add", "Concatenate"):
                outputs[name] = sum(inputs[1:], inputs[0]) if kind == "Add" else torch.cat(inputs, 1)
            else:
                module = MODULES[kind](line.node.layer, line.input_shapes[0])
                learned = list(module.parameters()) if isinstance(module, torch.nn.Module) else []
                outputs[name] = inputs[0] + learned[0] if kind == "PositionBias" else module(inputs[0])
                assert sum(each.numel() for each in learned) == line.parameters, name
                total += line.parameters
            assert tuple(outputs[name].shape[1:]) == line.output_shape, name
    assert total == record.parameter_count
