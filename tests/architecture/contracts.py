"""A kind of import contract that import-linter lacks: a list of what is allowed."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from importlinter import Contract, ContractCheck, fields, output

if TYPE_CHECKING:
    from grimp import ImportGraph


class OnlyContract(Contract):
    """The importers, packages and all, import the standard library, each other and what is listed.

    A forbidden contract names what must not be imported and so misses the room built tomorrow.
    """

    type_name = "only"

    importers = fields.ListField(subfield=fields.ModuleField())
    may_import = fields.ListField(subfield=fields.ModuleField())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        names = [module.name for module in self.importers]
        allowed = names + [module.name for module in self.may_import]
        illegal = sorted(
            (importer, imported)
            for importer in graph.modules
            if _lies_in(importer, names)
            for imported in graph.find_modules_directly_imported_by(importer)
            if not _lies_in(imported, allowed) and not _is_standard(imported)
        )
        return ContractCheck(kept=not illegal, metadata={"illegal": illegal})

    def render_broken_contract(self, check: ContractCheck) -> None:
        for importer, imported in check.metadata["illegal"]:
            output.print_error(f"{importer} is not allowed to import {imported}", bold=False)


def _lies_in(module: str, packages: list[str]) -> bool:
    return any(module == package or module.startswith(f"{package}.") for package in packages)


def _is_standard(module: str) -> bool:
    return module.split(".")[0] in sys.stdlib_module_names
