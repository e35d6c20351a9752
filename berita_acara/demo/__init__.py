"""The demo: invented people and works, built through the same services as the real thing."""

from berita_acara.demo.bangun import build_demo

__all__ = ["build_demo"]
