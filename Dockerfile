# One image for web, worker, beat and migrations. It holds no data and no key: everything comes from the
# environment (.env.example), so hosts are alike and can be replaced.

FROM python:3.13-slim AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PATH=/opt/venv/bin:$PATH
RUN python -m venv /opt/venv
COPY requirements.txt .
RUN pip install --require-hashes --requirement requirements.txt
WORKDIR /srv/mlmcrm
COPY . .
# Collected here, so that no container writes files; the keys are for this step alone.
RUN SECRET_KEY=none LINK_KEY=none python manage.py collectstatic --no-input --verbosity 0

FROM python:3.13-slim
ENV PATH=/opt/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
RUN useradd --system --uid 10001 --no-create-home --home-dir /nonexistent mlmcrm
COPY --from=build /opt/venv /opt/venv
COPY --from=build /srv/mlmcrm /srv/mlmcrm
WORKDIR /srv/mlmcrm
USER 10001
EXPOSE 8000
CMD ["gunicorn", "mlmcrm.wsgi", "--bind", "0.0.0.0:8000", "--worker-class", "gthread", "--workers", "2", \
     "--threads", "4", "--preload", "--worker-tmp-dir", "/dev/shm", "--no-control-socket", "--log-level", "warning"]
