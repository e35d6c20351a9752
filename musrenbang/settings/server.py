"""What only a server of a kabupaten or a province needs, each by a setting. Libraries: requirements/server.txt.

A setting that is given without its library stops the program with a sentence.
"""

from importlib.util import find_spec
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from musrenbang.infra.env import envchoice, envsecret, envtext
from musrenbang.infra.redact import mask_all

KUNCI_MIN, KUNCI_RAGAM = 50, 5
"""What Django's own check asks of a secret key (security.W009), here asked before anything starts."""


def _need(module: str, variable: str) -> None:
    if find_spec(module) is None:
        raise ImproperlyConfigured(f"{variable} memerlukan pustaka {module}: pip install -r requirements/server.txt.")


def check_secret(nama: str, content: str) -> None:
    """Raise ImproperlyConfigured for a key that can be guessed: too short, or the same few characters."""
    if len(content) < KUNCI_MIN or len(set(content)) < KUNCI_RAGAM:
        raise ImproperlyConfigured(
            f"{nama} terlalu pendek atau terlalu seragam ({len(content)} huruf): paling sedikit {KUNCI_MIN} huruf "
            "acak, "
            'misalnya dari python3 -c "import secrets; print(secrets.token_urlsafe(64))".'
        )


def file_storage() -> dict[str, Any]:
    """Return Django's storage of files: the disk of this machine, or S3-compatible storage shared by several nodes.

    Files stay private: each is read by the application, which has asked whether the person may.
    """
    bucket = envtext("BERKAS_S3")
    if not bucket:
        return {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    _need("storages", "BERKAS_S3")
    _need("boto3", "BERKAS_S3")
    from botocore.config import Config  # noqa: PLC0415 -- only where files are there

    pilihan = {
        "bucket_name": bucket,
        "endpoint_url": envtext("S3_ALAMAT") or None,
        "region_name": envtext("S3_WILAYAH") or None,
        "access_key": envsecret("S3_KUNCI"),
        "secret_key": envsecret("S3_RAHASIA"),
        "default_acl": "private",
        "file_overwrite": False,
        # a storage that does not answer: a sentence within a minute and a half, instead of ten minutes of trying
        "client_config": Config(
            signature_version="s3v4", connect_timeout=5, read_timeout=30, retries={"total_max_attempts": 3}
        ),
    }
    return {"BACKEND": "musrenbang.infra.storage_s3.SteadyS3", "OPTIONS": pilihan}


def logs() -> dict[str, Any]:
    """Return the logging setting: one line a record for people, or one JSON object a record for a collector."""
    baris: dict[str, Any] = {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}
    if envchoice("LOG_BENTUK", ["baris", "json"]) == "json":
        _need("pythonjsonlogger", "LOG_BENTUK=json")
        baris = {
            "()": "pythonjsonlogger.json.JsonFormatter",
            "fmt": "%(asctime)s %(levelname)s %(name)s %(message)s %(process)d",
            "rename_fields": {"asctime": "waktu", "levelname": "tingkat", "name": "asal", "message": "pesan"},
            "json_default": str,
        }
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"baris": baris},
        "filters": {"rahasia": {"()": "musrenbang.infra.redact.WithoutSecrets"}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "baris", "filters": ["rahasia"]}},
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        # Django's own handlers (of DEBUG and of runserver) know no filter: these loggers write through ours alone.
        "loggers": {
            "django": {"handlers": [], "level": "WARNING"},
            "django.server": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
        },
    }


def report_errors(alamat: str | None) -> None:
    """Send errors to a Sentry-compatible server, without personal data: no names, cookies, addresses or form fields."""
    if not alamat:
        return
    _need("sentry_sdk", "SENTRY_DSN")
    import sentry_sdk  # noqa: PLC0415 -- only where errors are reported

    sentry_sdk.init(
        dsn=alamat,
        send_default_pii=False,
        max_request_body_size="never",
        include_local_variables=False,
        before_send=lambda event, _: mask_all(event),
        before_send_transaction=lambda event, _: mask_all(event),
    )
