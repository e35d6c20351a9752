"""A view that hands the fields of a form over to a service by their names: the service must know each of them.

No type checker sees it: what ``read`` returns is a dictionary. A parameter that is renamed broke such a view in silence.
"""

import ast
import importlib
import inspect

from tests.test_arsitektur import ROOT, SUMBER


def _fields(call, module):
    """Return the names of the form that ``read(Form(...))`` reads; None for any other expression."""
    if not (isinstance(call, ast.Call) and getattr(call.func, "id", "") == "read" and call.args):
        return None
    form = call.args[0]
    found = getattr(module, getattr(form.func, "id", ""), None) if isinstance(form, ast.Call) else None
    return None if found is None or _rearranged(found) else set(found.base_fields)


def _rearranged(form):
    """Whether a form hands over other names than those of its fields."""
    return "clean" in vars(form) and any(
        word in inspect.getsource(form.clean) for word in ("pop(", "del ", "return {", "| {")
    )


def _service(call, module):
    target = call.func
    if isinstance(target, ast.Attribute) and isinstance(target.value, ast.Name):
        return getattr(getattr(module, target.value.id, None), target.attr, None)
    return getattr(module, target.id, None) if isinstance(target, ast.Name) else None


def _popped(function):
    """Yield (variable, field) of each field that the view takes out for itself before."""
    for n in (n for n in ast.walk(function) if isinstance(n, ast.Call) and isinstance(n.func, ast.Attribute)):
        if n.func.attr == "pop" and isinstance(n.func.value, ast.Name) and isinstance(n.args[0], ast.Constant):
            yield n.func.value.id, n.args[0].value


def _calls(module, tree):
    """Yield (line, service, fields, names given beside them) of each call that takes a whole form."""
    for function in (f for f in tree.body if isinstance(f, ast.FunctionDef)):
        known = {}
        for node in ast.walk(function):
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                known[node.targets[0].id] = _fields(node.value, module)
        for name, field in _popped(function):
            if known.get(name):
                known[name] = known[name] - {field}
        for call in (n for n in ast.walk(function) if isinstance(n, ast.Call)):
            spread = [k.value for k in call.keywords if k.arg is None]
            fields = [known.get(v.id) if isinstance(v, ast.Name) else _fields(v, module) for v in spread]
            service = _service(call, module)
            if spread and None not in fields and service is not None:
                yield call.lineno, service, set().union(*fields), {k.arg for k in call.keywords if k.arg}


VIEWS = [p for p in SUMBER if "views" in p.parts or p.name == "views.py"]


def _all_calls():
    for path in VIEWS:
        module = importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
        for line, *call in _calls(module, ast.parse(path.read_text())):
            yield f"{path.relative_to(ROOT)}:{line}", *call


def test_a_form_hands_over_what_its_service_takes():
    calls = list(_all_calls())
    assert len(calls) > 20
    for place, service, fields, given in calls:
        wants = inspect.signature(inspect.unwrap(service)).parameters.values()
        if any(p.kind == p.VAR_KEYWORD for p in wants):
            continue
        names = {p.name for p in wants}
        needed = {p.name for p in wants if p.default is p.empty}
        assert fields <= names, (place, service.__name__, fields - names)
        assert needed <= fields | given, (place, service.__name__, needed - fields - given)
