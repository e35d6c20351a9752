"""Files in S3-compatible storage, failing as a disk fails: what cannot be read or written is an ``OSError``."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from boto3.exceptions import S3UploadFailedError
from botocore.exceptions import BotoCoreError, ClientError
from storages.backends.s3 import S3Storage


@contextmanager
def _as_oserror() -> Iterator[None]:
    try:
        yield
    except (BotoCoreError, ClientError, S3UploadFailedError) as error:
        raise OSError(errno.EIO, "penyimpanan berkas tidak terjangkau") from error


class SteadyS3(S3Storage):
    """django-storages' S3, read whole when it is opened, so that a broken connection shows at once."""

    def _open(self, name: str, mode: str = "rb") -> Any:
        with _as_oserror():
            file = super()._open(name, mode)
            file.file  # noqa: B018 -- fetches it
        return file

    def _save(self, name: str, content: Any) -> str:
        with _as_oserror():
            return str(super()._save(name, content))

    def exists(self, name: str) -> bool:
        with _as_oserror():
            return bool(super().exists(name))

    def delete(self, name: str) -> None:
        with _as_oserror():
            super().delete(name)

    def listdir(self, name: str) -> tuple[list[str], list[str]]:
        with _as_oserror():
            folder, file = super().listdir(name)
        return list(folder), list(file)
