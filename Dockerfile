# Two stages: wheels are installed where pip is, and run where nothing but them and Python is.
FROM python:3.11-slim-bookworm AS build

ENV PIP_DISABLE_PIP_VERSION_CHECK=1 \
    PIP_NO_CACHE_DIR=1 \
    PIP_NO_COMPILE=1

WORKDIR /build
RUN python -m venv --upgrade-deps /opt/signing-service
ENV PATH=/opt/signing-service/bin:$PATH

# Dependencies by hash, wheels only, in a layer of their own: they change less often than the code.
COPY .ci/lock/service.txt ./
RUN pip install --require-hashes --only-binary :all: -r service.txt

# Only what the wheel is made of enters the image, whatever else lies in the checkout.
COPY pyproject.toml README.md ./
COPY keys keys
COPY schemas schemas
COPY signing_service signing_service
RUN pip wheel --no-deps --no-build-isolation --no-index --wheel-dir dist . \
 && pip install --no-deps --no-index dist/*.whl \
 && signing-service --help >/dev/null \
 && pip uninstall --yes pip


FROM python:3.11-slim-bookworm

# The data directory is a volume: database, frozen files, sealed keys. No secret is ever part of the image; give the server secret as a
# mounted file (SIGNING_SERVICE_SECRET_FILE), apart from the volume and its backups.
RUN groupadd --system --gid 10001 signing \
 && useradd --system --uid 10001 --gid signing --no-create-home --home-dir /var/lib/signing-service --shell /usr/sbin/nologin signing \
 && install -d -o signing -g signing -m 0700 /var/lib/signing-service

COPY --from=build /opt/signing-service /opt/signing-service

ENV PATH=/opt/signing-service/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    SIGNING_SERVICE_DATA_DIRECTORY=/var/lib/signing-service

USER 10001:10001
WORKDIR /var/lib/signing-service
VOLUME /var/lib/signing-service
EXPOSE 8000

# The newest checkpoint is served by every instance and needs the database: when it answers, the service answers.
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/log/checkpoint', timeout=4).close()"]

ENTRYPOINT ["signing-service"]
CMD ["serve", "--host", "0.0.0.0", "--port", "8000"]
