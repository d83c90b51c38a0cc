"""The API's description as a page of our own: no script, nothing from outside."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET
from drf_spectacular.generators import SchemaGenerator

_METHODS: Final = ("get", "post", "put", "patch", "delete")


@dataclass(frozen=True, slots=True)
class Field:
    """A parameter or a field of a body."""

    name: str
    kind: str
    is_required: bool
    text: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One method of one address."""

    code: str
    method: str
    path: str
    text: str
    parameters: tuple[Field, ...]
    body: tuple[Field, ...]
    answers: tuple[tuple[str, str], ...]


@require_GET
def api_docs(request: HttpRequest) -> HttpResponse:
    """Every address of the API with its parameters, body and answers, from the same schema as `/api/schema/`."""
    generator: Any = SchemaGenerator
    schema: dict[str, Any] = generator().get_schema(request=None, public=True)
    operations = list(operations_of(schema))
    return render(request, "core/api_docs.html", {"operations": operations, "info": schema["info"]})


def operations_of(schema: Mapping[str, Any]) -> Iterator[Operation]:
    """The operations of an OpenAPI document, in its order."""
    for path, methods in schema["paths"].items():
        for method in _METHODS:
            if method in methods:
                yield _operation(schema, path, method, methods[method])


def _operation(schema: Mapping[str, Any], path: str, method: str, found: Mapping[str, Any]) -> Operation:
    parameters = tuple(
        Field(
            part["name"],
            _kind(part.get("schema", {})),
            bool(part.get("required")),
            part.get("description", ""),
        )
        for part in found.get("parameters", ())
    )
    body = found.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
    answers = tuple(
        (code, _answer(answer) or answer.get("description", ""))
        for code, answer in found["responses"].items()
    )
    return Operation(
        code=found["operationId"],
        method=method.upper(),
        path=path,
        text=found.get("description", ""),
        parameters=parameters,
        body=tuple(_fields(schema, body)),
        answers=answers,
    )


def _answer(answer: Mapping[str, Any]) -> str:
    return ", ".join(_kind(content.get("schema", {})) for content in answer.get("content", {}).values())


def _fields(schema: Mapping[str, Any], body: Mapping[str, Any]) -> Iterator[Field]:
    name = body.get("$ref", "").rsplit("/", 1)[-1]
    shape = schema.get("components", {}).get("schemas", {}).get(name, body)
    for key, part in shape.get("properties", {}).items():
        yield Field(key, _kind(part), key in shape.get("required", ()), part.get("description", ""))


def _kind(part: Mapping[str, Any]) -> str:
    if "$ref" in part:
        return str(part["$ref"]).rsplit("/", 1)[-1]
    if part.get("type") == "array":
        return f"[{_kind(part.get('items', {}))}]"
    return str(part.get("format") or part.get("type") or "")
