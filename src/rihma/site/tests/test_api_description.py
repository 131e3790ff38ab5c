"""What the description of the API promises of itself."""

import pytest

from rihma.site.api import api


@pytest.mark.req("S5")
def test_description_calls_no_two_things_by_one_name_and_tells_which_doors_are_open_to_all() -> None:
    told = api.get_openapi_schema()
    open_to_all = {
        path for path, verbs in told["paths"].items() for said in verbs.values() if {} in said.get("security", [{}])
    }
    assert "/api/v1/calls" in open_to_all
    assert "/api/v1/applications" not in open_to_all
    answers = told["paths"]["/api/v1/applications"]["get"]["responses"]
    assert set(answers) == {200, 400, 401, 403, 404, 409, 422}
