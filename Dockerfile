# syntax=docker/dockerfile:1
# One image for web, worker, beat and the commands; docker-compose.yml says which is which.

FROM python:3.11-slim-bookworm AS environment
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python -m venv /venv
COPY requirements-server.lock /tmp/requirements.lock
RUN /venv/bin/pip install --require-hashes -r /tmp/requirements.lock

FROM python:3.11-slim-bookworm
# Pango draws the PDF files.
RUN apt-get update \
    && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /app --shell /usr/sbin/nologin app \
    && install -d -o app -g app /srv/files /srv/beat
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=config.settings.base \
    STORAGE_DIR=/srv/files
WORKDIR /app
COPY --from=environment /venv /venv
COPY . .
# The values are only there so that the settings load; nothing of them stays in the image.
RUN SECRET_KEY=build FIELD_KEYS=build BLIND_INDEX_KEY=build BROKER_URL=redis://build/0 \
    DATABASE_URL=postgresql://app@build/build DATABASE_OWNER_URL=postgresql://owner@build/build \
    python manage.py collectstatic --no-input --verbosity 0
USER app
EXPOSE 8000
# The access log leaves out what follows the "?": people's names are searched there.
CMD ["gunicorn", "config.wsgi", "--worker-class", "gthread", "--workers", "3", "--threads", "8", \
     "--bind", "0.0.0.0:8000", "--timeout", "120", "--graceful-timeout", "30", \
     "--worker-tmp-dir", "/dev/shm", "--no-control-socket", "--access-logfile", "-", \
     "--access-logformat", "%(t)s %(m)s %(U)s %(s)s %(b)s %(M)sms"]
