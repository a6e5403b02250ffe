"""What in a register cannot be right, what an auditor would ask about, and what is worth a look.

`taken` reads a register once, `found` holds every record against every check of its kind, `repair`
makes of a finding the change that mends it.
"""

from __future__ import annotations

from riskreg.rules.checks.base import LEVELS as LEVELS
from riskreg.rules.checks.base import Check as Check
from riskreg.rules.checks.base import Fact as Fact
from riskreg.rules.checks.base import Finding as Finding
from riskreg.rules.checks.base import Label as Label
from riskreg.rules.checks.base import Level as Level
from riskreg.rules.checks.base import Term as Term
from riskreg.rules.checks.finding import CHECKS as CHECKS
from riskreg.rules.checks.finding import found as found
from riskreg.rules.checks.finding import repair as repair
from riskreg.rules.checks.snapshot import Snapshot as Snapshot
from riskreg.rules.checks.snapshot import snapshot as snapshot
from riskreg.rules.checks.taking import taken as taken
