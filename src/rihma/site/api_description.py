"""What `/api/v1/openapi.json` says beyond the functions themselves, so that it holds whatever somebody sends."""

from typing import Any

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema
from ninja.operation import Operation

from rihma.accounts.api import anybody

DETAIL = {"type": "object", "properties": {"detail": {"type": "string"}}, "required": ["detail"]}
FAULTS = {
    "type": "object",
    "properties": {"detail": {"type": "array", "items": {"type": "object"}}},
    "required": ["detail"],
}
PROBLEM = {
    "type": "object",
    "properties": {
        "type": {"type": "string"},
        "status": {"type": "integer"},
        "title": {"type": "string"},
        "code": {"type": "string"},
        "field": {"type": ["string", "null"]},
        "scope": {"type": "string"},
    },
    "required": ["type", "status", "title", "code"],
}
SCHEMAS = {"Detail": DETAIL, "Faults": FAULTS, "Problem": PROBLEM}
# status → what happened, and in which of these it is said
ALWAYS = {
    400: ("What was sent cannot be read", "Detail"),
    409: ("A rule said no", "Problem"),
    422: ("What was sent is not as described", "Faults"),
}
KNOWN = {401: ("Nobody is known by this token", "Detail"), 403: ("The token was not made for this", "Problem")}
FOUND = {404: ("There is nothing of this name that you may see", "Detail")}


class Description(OpenAPISchema):
    """With every answer there is, which doors need no token, and names that mean one thing."""

    def responses(self, operation: Operation) -> dict[int, Any]:
        told = super().responses(operation)
        needs = {**ALWAYS, **(KNOWN if operation.auth_callbacks else {}), **FOUND}
        return {**{status: _answer(*said) for status, said in needs.items()}, **told}

    def operation_security(self, operation: Operation) -> list[dict[str, Any]] | None:
        told = super().operation_security(operation)
        # An empty one says that it also goes without any.
        return [*(told or []), {}] if anybody in operation.auth_callbacks else told

    def add_schema_definitions(self, definitions: dict[str, Any]) -> None:
        for name, schema in definitions.items():
            if self.schemas.get(name, schema) != schema:
                raise LookupError(f"two different things are called {name} in the description of the API")
        super().add_schema_definitions(definitions)

    def _extract_parameters(self, model: Any) -> list[dict[str, Any]]:
        """What may be left out is left out: no address can say null."""
        told: list[dict[str, Any]] = super()._extract_parameters(model)
        for one in told:
            kinds = [kind for kind in one["schema"].get("anyOf", []) if kind != {"type": "null"}]
            if len(kinds) == 1:
                rest = {name: value for name, value in one["schema"].items() if name not in {"anyOf", "default"}}
                one["schema"] = {**rest, **kinds[0]}
        return told

    def get_components(self) -> dict[str, Any]:
        told: dict[str, Any] = super().get_components()
        return {**told, "schemas": {**told["schemas"], **SCHEMAS}}


class Api(NinjaAPI):
    def get_openapi_schema(self, *, path_prefix: str | None = None, path_params: Any = None) -> OpenAPISchema:
        prefix = self.get_root_path(path_params or {}) if path_prefix is None else path_prefix
        return Description(api=self, path_prefix=prefix)


def _answer(what: str, schema: str) -> dict[str, Any]:
    content = {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}}
    return {"description": what, "content": content}
