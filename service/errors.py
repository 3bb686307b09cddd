"""Errors as people and programs get them: `{"error": {"code", "message", "parameter"?}}`, for every failure."""

from __future__ import annotations

import logging
from collections.abc import Mapping

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException

from service.parameter_examples import example_of
from store.cursor import BadCursor
from store.errors import QueryTooCostly, StoreError

log = logging.getLogger(__name__)

RETRY_SECONDS = 5
_CODES = {404: "not_found", 405: "method_not_allowed"}
_COMPLETE = (
    "unknown_parameter",
    "empty_range",
    "empty_feed",
    "radius_alone",
    "two_starts",
)  # these messages say themselves what would be right


class ApiError(Exception):
    """A failure with its HTTP status, a code for programs and a sentence for people.

    Args:
        status: HTTP status.
        code: short and stable, for programs.
        message: what is wrong and what would be right.
        parameter: the parameter or field at fault.
        headers: further response headers.
    """

    def __init__(
        self,
        status: int,
        code: str,
        message: str,
        *,
        parameter: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.parameter = parameter
        self.headers = headers

    def response(self) -> JSONResponse:
        """Return the error as a response."""
        error = {"code": self.code, "message": self.message}
        if self.parameter is not None:
            error["parameter"] = self.parameter
        return JSONResponse({"error": error}, self.status, self.headers)


class Problem(BaseModel):
    """What went wrong."""

    code: str = Field(description="short and stable, for programs", examples=["bad_parameter"])
    message: str = Field(
        description="for people", examples=["limit: must be between 1 and 1000, for example limit=100"]
    )
    parameter: str | None = Field(default=None, description="parameter or field at fault", examples=["limit"])


class ErrorBody(BaseModel):
    """The body of every answer that is an error."""

    error: Problem


def unavailable(message: str) -> ApiError:
    """Return the error for something that is down now and should be asked again."""
    return ApiError(503, "unavailable", message, headers={"Retry-After": str(RETRY_SECONDS)})


def store_failed(error: StoreError) -> ApiError:
    """Return the error for a question that the store did not answer, which is logged."""
    if isinstance(error, QueryTooCostly):
        return ApiError(422, "too_costly", f"{error}, for example from=2025-06&to=2025-07")
    log.error("the store failed: %s", error)
    return unavailable("the timeline store does not answer; try again shortly")


def not_found(what: str, identifier: str) -> ApiError:
    """Return the error for an id that names nothing."""
    return ApiError(404, "not_found", f"there is no {what} {identifier!r}")


def install(app: FastAPI) -> None:
    """Give all errors of the application one shape."""

    async def api_error(_: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, ApiError)
        return error.response()

    async def validation_error(_: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, RequestValidationError)
        return explained(error).response()

    async def http_error(request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, HTTPException)
        message = str(error.detail)
        if error.status_code == 404:
            message = f"there is nothing at {request.url.path}; /docs lists what there is"
        if error.status_code == 405:
            message = f"{request.method} is not possible at {request.url.path}; /docs lists what is"
        code = _CODES.get(error.status_code, "http_error")
        return ApiError(error.status_code, code, message, headers=error.headers).response()

    async def bad_cursor(_: Request, error: Exception) -> JSONResponse:
        message = f"cursor: {error}; pass back `next` of the page before, with the same filters and sort"
        return ApiError(422, "bad_parameter", message, parameter="cursor").response()

    async def store_error(_: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, StoreError)
        return store_failed(error).response()

    async def defect(_: Request, __: Exception) -> JSONResponse:
        return ApiError(500, "internal", "something went wrong here; it has been logged").response()

    app.add_exception_handler(ApiError, api_error)
    app.add_exception_handler(RequestValidationError, validation_error)
    app.add_exception_handler(HTTPException, http_error)
    app.add_exception_handler(BadCursor, bad_cursor)
    app.add_exception_handler(StoreError, store_error)
    app.add_exception_handler(Exception, defect)


def explained(error: RequestValidationError) -> ApiError:
    """Return the error that names the first parameter at fault, what is wrong with it, and a value that works."""
    problem = error.errors()[0]
    named = (problem.get("ctx") or {}).get("parameter")
    place = [str(part) for part in problem["loc"][1:]]
    name = str(named or (place[0] if place else "query"))
    wrong = str(problem["msg"]).removeprefix("Value error, ").replace("Input should be", "must be")
    example = None if problem["type"] in _COMPLETE else example_of(name)
    message = f"{name}: {wrong}" + (f"; for example {example}" if example else "")
    code = "unknown_parameter" if problem["type"] == "unknown_parameter" else "bad_parameter"
    return ApiError(422, code, message, parameter=name)
