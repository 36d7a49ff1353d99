"""The application that answers under /api/v1; the pages' application mounts it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from fastapi import FastAPI
from starlette.middleware.cors import CORSMiddleware

from dafeng import __version__
from dafeng.api import problems
from dafeng.api.answers import Agree
from dafeng.api.bounded import Bounded
from dafeng.api.description import DESCRIPTION, ERRORS, TAGS, complete
from dafeng.api.routes import ROUTERS
from dafeng.web.cache import RenderCache
from dafeng.web.security import SecurityHeaders

if TYPE_CHECKING:
    from dafeng.web.site import Site

PREFIX = "/api/v1"


class Api(FastAPI):
    """FastAPI with a description that names every error and shows an example of every answer."""

    def openapi(self) -> dict[str, Any]:
        """Give the OpenAPI 3.1 description, made once."""
        if self.openapi_schema is None:
            self.openapi_schema = complete(super().openapi())
        return self.openapi_schema


def build(site: Site, cors_origins: Sequence[str] = ()) -> Api:
    """Build the API for a city that `site` holds. Pages of other sites may read it only where they are listed."""
    app = Api(
        title="dafeng",
        version=__version__,
        description=DESCRIPTION,
        openapi_tags=TAGS,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        responses=ERRORS,
    )
    app.state.site = site
    problems.install(app)
    for router in ROUTERS:
        app.include_router(router)
    app.add_middleware(Bounded)
    app.add_middleware(problems.Guard)
    app.add_middleware(RenderCache, state=site.state, variant=lambda scope: "")
    app.add_middleware(Agree)
    if cors_origins:
        app.add_middleware(CORSMiddleware, allow_origins=list(cors_origins), allow_methods=["GET", "HEAD"])
    app.add_middleware(SecurityHeaders)
    return app
