import subprocess
import sys

# In a process of its own: only the first solver of a process has anything to say.
ASKED = "from rihma.base.solver import solver; print('before'); h = solver(); h.addVar(0, 1); h.run(); solver(); print('after')"


def test_solver_puts_no_word_into_what_a_command_answers() -> None:
    done = subprocess.run([sys.executable, "-c", ASKED], capture_output=True, text=True, check=True)
    assert done.stdout == "before\nafter\n"
