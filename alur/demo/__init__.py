"""The demo: invented people and works, built through the same services as the real thing."""

from alur.demo.bangun import build_demo

__all__ = ["build_demo"]
