"""Makes the test files that need another program: run with LibreOffice's python on the PATH.

    /usr/bin/python3 tests/exchange/files/make.py FOLDER_OF_XLSX

FOLDER_OF_XLSX holds village.xlsx and hidden.xlsx, which the module `lists` of the
sheet tests writes. Each is opened by a LibreOffice without a window and stored again.
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue

HERE = Path(__file__).parent
PIPE = "pulih-test-files"
WORD = "rahasia"
JOBS = (
    ("village", "village.xls", "MS Excel 97", ""),
    ("village", "village.ods", "calc8", ""),
    ("hidden", "hidden.xls", "MS Excel 97", ""),
    ("hidden", "hidden.ods", "calc8", ""),
    ("hidden", "computed.xlsx", "Calc MS Excel 2007 XML", ""),
    ("hidden", "locked.xls", "MS Excel 97", WORD),
    ("hidden", "locked.ods", "calc8", WORD),
    ("hidden", "renamed_pdf.xlsx", "calc_pdf_Export", ""),
    ("hidden", "web_page.xls", "HTML (StarCalc)", ""),
)


def value(name: str, content: object) -> PropertyValue:
    """Return one named argument of the office's own interface."""
    made = PropertyValue()
    made.Name, made.Value = name, content
    return made


def connect() -> object:
    """Return the desktop of the office that was just started."""
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext(
        "com.sun.star.bridge.UnoUrlResolver", local
    )
    for _ in range(60):
        try:
            found = resolver.resolve(f"uno:pipe,name={PIPE};urp;StarOffice.ComponentContext")
            return found.ServiceManager.createInstanceWithContext(
                "com.sun.star.frame.Desktop", found
            )
        except Exception:
            time.sleep(0.5)
    raise SystemExit("LibreOffice did not answer")


def main(source: Path) -> None:
    """Store every job."""
    office = subprocess.Popen(
        ["soffice", "--headless", "--norestore", f"--accept=pipe,name={PIPE};urp;"]
    )
    desktop = connect()
    for name, target, kind, password in JOBS:
        opened = desktop.loadComponentFromURL(
            (source / f"{name}.xlsx").resolve().as_uri(), "_blank", 0, (value("Hidden", True),)
        )
        wanted = [value("FilterName", kind)]
        if password:
            wanted.append(value("Password", password))
        opened.storeToURL((HERE / target).resolve().as_uri(), tuple(wanted))
        opened.close(True)
    desktop.terminate()
    office.wait(30)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
