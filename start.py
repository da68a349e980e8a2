"""Set the program up and start it: ``python start.py``, or ``python start.py test`` for the tests.

Standard library only. Written so that an older Python still reads it and is refused with a sentence.
Knows nothing of the program but the command line of ``main.py`` and the dependencies in ``pyproject.toml``.
"""

from __future__ import annotations

import ctypes
import hashlib
import importlib
import importlib.util
import json
import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
ENVIRONMENT = ROOT / ".venv"
STAMP = ENVIRONMENT / "ready.txt"
PIP_LOG = ENVIRONMENT / "pip.log"
SAMPLE = ROOT / "resources" / "samples" / "nanhu_2021.xxgk"
OUT = ROOT / "out"
PACKAGES = ("resources", "model", "export", "gui")

OLDEST_PYTHON = (3, 11)
NO_WINDOW = 2
"""What ``main.py`` returns where no window can be shown, and only then; it has said so by then."""
DRAFT = 1
"""What ``main.py export`` returns where the report has 强制 findings, as the sample has."""

USAGE = """用法：
  python start.py               准备好运行环境，打开示例年报；没有显示器时把示例导出到 out 文件夹
  python start.py test [参数]   准备好开发环境，运行全部测试（参数交给 pytest）"""

LIBRARIES = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
}
"""What Qt loads from the system, and the Debian package that holds it."""

NO_SUCH_PACKAGE = "No matching distribution found"
PIP_FAILURES = (
    (
        ("No space left on device", "[Errno 28]", "[WinError 112]"),
        "磁盘空间不足。请在程序所在的磁盘腾出约 1 GB 后重新运行。",
    ),
    (
        (
            "NewConnectionError",
            "ConnectTimeout",
            "ReadTimeout",
            "ProxyError",
            "getaddrinfo failed",
            "SSLError",
        ),
        "连不上软件包仓库。请检查网络或代理；内网可指定本单位的镜像，"
        "例如：pip config set global.index-url https://pypi.tuna.tsinghua.edu.cn/simple，然后重新运行。",
    ),
    (
        ("DO NOT MATCH THE HASHES",),
        "下载到的安装包与锁定文件登记的校验值不符，已停止安装。请换一个可信的软件包镜像，然后重新运行。",
    ),
    (
        (NO_SUCH_PACKAGE,),
        "软件包仓库里没有适合本机的安装包。请改用 64 位的 Python 3.11 至 3.14，或换一个软件包镜像。",
    ),
)
"""Traces in pip's log and what they mean to the person; the first that is found counts."""


class SetupError(Exception):
    """The set-up cannot go on; its text tells the person why and what to do."""


def say(text: str) -> None:
    """Print a line at once."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def prepare_console() -> None:
    """Let Chinese through a console or pipe whose encoding has none, instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        try:
            "政".encode(stream.encoding)
        except UnicodeEncodeError:
            stream.reconfigure(encoding="utf-8")  # type: ignore[union-attr]  # these are files
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]  # likewise


def check_python() -> None:
    """Raise SetupError under a Python that is too old."""
    if sys.version_info < OLDEST_PYTHON:
        raise SetupError(
            f"需要 Python 3.11 或更新的版本，现在运行的是 {platform.python_version()}（{sys.executable}）。"
            "请从 https://www.python.org/downloads/ 安装后，用新的 python 运行本脚本。"
        )


def requirements(with_tests: bool) -> list[str]:
    """Return the dependencies that pyproject.toml declares."""
    import tomllib  # not known to the Pythons that check_python refuses

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extra = project["optional-dependencies"]["dev"] if with_tests else []
    return [*project["dependencies"], *extra]


def lock_file(with_tests: bool) -> Path:
    """Return the file that names every package with its version and hashes."""
    return ROOT / ("requirements-dev.lock" if with_tests else "requirements.lock")


def fingerprint(with_tests: bool) -> str:
    """Return what changes whenever the environment has to be made anew."""
    locked = lock_file(with_tests).read_text(encoding="utf-8")
    machine = [platform.system(), platform.machine(), sys.version_info[:2]]
    facts = [requirements(with_tests), locked, machine]
    return hashlib.sha256(json.dumps(facts).encode()).hexdigest()


def is_ready(with_tests: bool) -> bool:
    """Tell whether an earlier run finished setting up what is needed now."""
    if not (STAMP.is_file() and environment_python().is_file()):
        return False
    accepted = {fingerprint(True)} if with_tests else {fingerprint(True), fingerprint(False)}
    return STAMP.read_text(encoding="utf-8") in accepted


def environment_python() -> Path:
    """Return the interpreter of the environment beside this script."""
    return ENVIRONMENT / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def missing_libraries() -> dict[str, str]:
    """Return the system libraries that cannot be loaded, each with its Debian package."""
    if not sys.platform.startswith("linux"):
        return {}
    return {name: package for name, package in LIBRARIES.items() if not can_load(name)}


def packages_for(libraries: dict[str, str]) -> list[str]:
    """Return the Debian packages of these libraries, each once."""
    return list(dict.fromkeys(libraries.values()))


def can_load(library: str) -> bool:
    """Tell whether the system's loader finds a shared library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def lacks_ensurepip() -> bool:
    """Tell whether this Python cannot make environments: Debian keeps that in a package of its own."""
    importlib.invalidate_caches()
    return importlib.util.find_spec("ensurepip") is None


def ensurepip_package() -> str:
    """Return the Debian package that lets the running Python make environments."""
    return f"python{sys.version_info.major}.{sys.version_info.minor}-venv"


def administrator() -> list[str] | None:
    """Return what to put before a command to run it as administrator, or None where we may not."""
    if sys.platform == "win32":
        return None
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") and run(["sudo", "-n", "true"], quiet=True) == 0:
        return ["sudo", "-n"]
    return None


def install_packages(packages: list[str]) -> None:
    """Install Debian packages where that is possible without asking anybody."""
    prefix = administrator()
    if not packages or prefix is None or not shutil.which("apt-get"):
        return
    say(f"正在安装系统软件包：{' '.join(packages)}")
    apt = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q", "-o", "DPkg::Lock::Timeout=120"]
    run([*apt, "update"])
    run([*apt, "install", "-y", "--no-install-recommends", *packages])


def prepare_system(with_tests: bool) -> bool:
    """Install what the system lacks; return whether nothing is missing any more.

    Raise SetupError where the next step cannot do without it.
    """
    install_packages([ensurepip_package()] * lacks_ensurepip() + packages_for(missing_libraries()))
    if lacks_ensurepip():
        raise SetupError(
            f"这个 Python 不能建立虚拟环境。请让管理员运行：sudo apt-get install -y {ensurepip_package()}，"
            "然后重新运行。"
        )
    missing = missing_libraries()
    if not missing:
        return True
    advice = (
        f"缺少图形界面需要的系统库：{'、'.join(missing)}。请让管理员运行：sudo apt-get install -y "
        f"{' '.join(packages_for(missing))}（其他发行版请安装提供这些库的软件包），然后重新运行。"
    )
    if with_tests:
        raise SetupError(advice)
    say(advice)
    return False


def is_usable() -> bool:
    """Tell whether the environment runs, has pip and is of the running Python's version."""
    probe = "import pip, sys; print(sys.version_info[:2])"
    try:
        answer = subprocess.run(
            [environment_python(), "-I", "-c", probe],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            text=True,
        )
    except OSError:
        return False
    return answer.returncode == 0 and answer.stdout.strip() == str(sys.version_info[:2])


def create_environment() -> None:
    """Make the environment unless a good one is there; one left half-made is replaced."""
    if Path(sys.prefix).resolve() == ENVIRONMENT.resolve() or is_usable():
        return
    say(f"正在建立虚拟环境：{ENVIRONMENT}")
    if run([sys.executable, "-I", "-m", "venv", "--clear", str(ENVIRONMENT)]) != 0:
        raise SetupError(
            f"无法建立虚拟环境 {ENVIRONMENT}。请关闭正在使用它的程序，删除这个文件夹，然后重新运行。"
        )


def install_dependencies(with_tests: bool) -> None:
    """Install the locked dependencies into the environment; raise SetupError naming the cause.

    Where the index does not have a locked version, the ranges of pyproject.toml do.
    """
    say("正在安装依赖（首次约需几分钟）……")
    if pip_install("--require-hashes", "-r", str(lock_file(with_tests))):
        return
    if explain_pip_failure() == explain(NO_SUCH_PACKAGE):
        say("软件包仓库里没有锁定的版本，改按 pyproject.toml 允许的范围安装。")
        if pip_install(*requirements(with_tests)):
            return
    raise SetupError(explain_pip_failure())


def pip_install(*what: str) -> bool:
    """Run pip in the environment; leave its log behind where it fails."""
    PIP_LOG.unlink(missing_ok=True)
    pip = [str(environment_python()), "-I", "-m", "pip", "--disable-pip-version-check", "--no-input"]
    options = ["--no-user", "--only-binary=:all:", "--log", str(PIP_LOG)]
    done = run([*pip, "install", *options, *what]) == 0
    if done:
        PIP_LOG.unlink(missing_ok=True)
    return done


def explain_pip_failure() -> str:
    """Say in one sentence why pip failed."""
    return explain(PIP_LOG.read_text(encoding="utf-8", errors="replace") if PIP_LOG.is_file() else "")


def explain(log: str) -> str:
    """Say in one sentence what pip's log reports."""
    for traces, sentence in PIP_FAILURES:
        if any(trace in log for trace in traces):
            return "依赖没有装好：" + sentence
    return f"依赖没有装好，原因见上面 pip 的输出和 {PIP_LOG}。解决后重新运行，会接着完成。"


def compile_program() -> None:
    """Compile the program once, so that it starts fast also where Python may not write such files."""
    run([str(environment_python()), "-m", "compileall", "-q", "main.py", *PACKAGES])


def set_up(with_tests: bool) -> None:
    """Make everything ready; the stamp is written last, so that a broken run is taken up again."""
    if is_ready(with_tests):
        return
    STAMP.unlink(missing_ok=True)
    complete = prepare_system(with_tests)
    create_environment()
    install_dependencies(with_tests)
    compile_program()
    if complete:
        STAMP.write_text(fingerprint(with_tests), encoding="utf-8")


def run(command: list[str], *, quiet: bool = False) -> int:
    """Run a command without input and return its exit code."""
    sink = subprocess.DEVNULL if quiet else None
    return subprocess.run(command, stdin=subprocess.DEVNULL, stdout=sink, stderr=sink, check=False).returncode


def run_program(*arguments: str) -> int:
    """Run ``main.py`` and return its exit code."""
    return run([str(environment_python()), str(ROOT / "main.py"), *arguments])


def open_sample() -> int:
    """Show the sample in the window; where none can be shown, export it and say where the files are."""
    code = run_program(str(SAMPLE))
    if code != NO_WINDOW:
        return code
    say("窗口无法显示，改为导出示例。")
    targets = [OUT / f"{SAMPLE.stem}{suffix}" for suffix in (".xlsx", ".pdf")]
    OUT.mkdir(exist_ok=True)
    code = run_program("export", str(SAMPLE), *map(str, targets))
    if code not in (0, DRAFT):
        return code
    reason = "。示例特意留有强制错误，所以带有“草稿”标记" if code == DRAFT else ""
    say(f"示例已导出到文件夹“{OUT}”{reason}。")
    return 0


def run_tests(arguments: list[str]) -> int:
    """Run the tests without a screen and return pytest's exit code."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    return run([str(environment_python()), "-m", "pytest", "--rootdir", str(ROOT), *arguments])


def main(arguments: list[str]) -> int:
    """Do what the command line asks for and return the exit code."""
    prepare_console()
    os.chdir(ROOT)
    with_tests = arguments[:1] == ["test"]
    if arguments and not with_tests:
        say(USAGE)
        return 0 if arguments[0] in ("-h", "--help") else 2
    try:
        check_python()
        set_up(with_tests)
        return run_tests(arguments[1:]) if with_tests else open_sample()
    except SetupError as error:
        say(str(error))
    except OSError as error:
        say(f"无法读写 {error.filename or '文件'}（{error.strerror or error}）。请检查权限和磁盘空间。")
    except KeyboardInterrupt:
        say("已中断；重新运行会接着完成。")
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
