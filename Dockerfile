FROM python:3.13-slim

ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /app

COPY requirements.txt .
RUN pip install -r requirements.txt

RUN useradd --create-home visitor
COPY --chown=visitor .streamlit .streamlit
COPY --chown=visitor app.py .
COPY --chown=visitor pages pages
COPY --chown=visitor assets assets
COPY --chown=visitor cnnviz cnnviz
USER visitor

# Compile the kernels into the image, so that the first visitor does not wait.
RUN python -c "from cnnviz.kernels.warmup import warm_up; warm_up()"

ENV PORT=8501 STREAMLIT_SERVER_ADDRESS=0.0.0.0 STREAMLIT_SERVER_HEADLESS=true
EXPOSE 8501
HEALTHCHECK --interval=15s --timeout=3s --start-period=20s \
    CMD python -c "import os, urllib.request as r; r.urlopen(f'http://127.0.0.1:{os.environ[\"PORT\"]}/_stcore/health', timeout=2)"
CMD ["python", "-m", "cnnviz.ui.server"]
