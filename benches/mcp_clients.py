#!/usr/bin/env python3
"""Test of `digest-search mcp` with clients of others: the Python SDK and, if it is installed, the inspector's CLI.

    cargo build --release
    python3 -m venv venv && venv/bin/pip install mcp jsonschema
    npm install --prefix inspector @modelcontextprotocol/inspector
    venv/bin/python benches/mcp_clients.py [CORPUS] [--requests 10000] [--inspector inspector]

Every tool and resource is called, answers are compared with those of the command line, wrong arguments must be errors of
the tool, and schemas must be valid. Then come the requests, some at a time, a cancelled call, and clients that are killed.
It prints times in milliseconds and the memory of the server, and fails on the first difference.
"""

import argparse
import asyncio
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import jsonschema
from mcp import ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client

ROOT = Path(__file__).resolve().parent.parent
AT_ONCE = 8
BUDGET = 20_000
# Default fields of records, as docs/assistants.md lists them.
HIT = "id,kind,perspective,source,lang,date,text,description,url,section,score,copies"
ENTRY = "id,kind,perspective,source,lang,date,text,description,url,section"
TITLE = "story,id,perspective,source,date,text,url,copies,matches"


def command(program, index, *args):
    run = subprocess.run([program, "--index", index, "--format", "json", *args], capture_output=True, text=True)
    assert run.returncode < 2, run.stderr
    return json.loads(run.stdout)


def merge(into, page, steps):
    """Merges the next page into an answer; steps lead to what it continues."""
    if isinstance(into, dict):
        for key, value in page.items():
            if steps and steps[0] == key:
                into[key] = merge(into[key], value, steps[1:])
            else:
                into[key] = value
        return into
    if isinstance(into, list):
        if steps:
            into[-1] = merge(into[-1], page[0], steps[1:])
            page = page[1:]
        return into + page
    return into + page


async def whole(session, tool, arguments):
    """Calls a tool until its last page; returns the answer and the number of pages."""
    answer, pages, arguments = {}, 0, dict(arguments)
    while True:
        result = await session.call_tool(tool, arguments)
        text = result.content[0].text
        assert not result.is_error, text
        assert len(result.model_dump_json(by_alias=True, exclude_none=True).encode()) <= BUDGET, (tool, arguments)
        page = json.loads(text)
        about = page.pop("page", {})
        answer, pages = merge(answer, page, about.get("continues", [])), pages + 1
        if "cursor" not in about:
            return answer, pages
        arguments["cursor"] = about["cursor"]


def cases(topic, perspective, day, spec):
    return [
        ("search", {}, ["query", "--fields", HIT]),
        ("search", {"text": "war OR trade", "limit": 100}, ["query", "war OR trade", "-n", "100", "--fields", HIT]),
        ("show", {"id": [day]}, ["show", day, "--fields", ENTRY]),
        ("count", {"by": ["perspective", "month"]}, ["count", "--by", "perspective,month", "--fields", "perspective,month,count"]),
        ("compare", {"topic": [topic]}, ["compare", "-t", topic]),
        ("trend", {"topic": [topic]}, ["trend", "-t", topic]),
        ("stories", {"topic": [topic]}, ["stories", "-t", topic, "--fields", TITLE]),
        ("stories", {"topic": [topic], "one_sided": True}, ["stories", "-t", topic, "--one-sided", "--fields", TITLE]),
        ("stories", {"topic": [topic], "missing": perspective}, ["stories", "-t", topic, "--missing", perspective, "--fields", TITLE]),
        ("stories", {"topic": [topic], "gaps": True}, ["gaps", "-t", topic]),
        ("status", {}, ["status"]),
        ("report", {"spec": spec.read_text()}, ["report", str(spec)]),
    ]


WRONG = [
    ("search", {"txt": "x"}, "did you mean `text`"),
    ("search", {"limit": -1}, "a number or `all`"),
    ("search", {"text": '"open'}, "unclosed"),
    ("search", {"perspective": ["nowhere"]}, "unknown perspective"),
    ("search", {"cursor": "x"}, "invalid cursor"),
    ("show", {}, "missing argument `id`"),
    ("show", {"id": ["x/1999-01-01"]}, "does not exist"),
    ("count", {"by": ["wek"]}, "did you mean `week`"),
    ("stories", {"gaps": True, "min": 2}, "cannot be combined"),
    ("report", {"spec": "sections: 1"}, "spec:1:"),
]


def servers(program):
    """Returns the processes that serve."""
    found = []
    for status in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            args = status.read_bytes().split(b"\0")
        except OSError:
            continue
        if args[0] == program.encode() and b"mcp" in args:
            found.append(int(status.parent.name))
    return found


def memory(pid):
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return {key: int(value.split()[0]) / 1024 for key, value in (line.split(":") for line in lines if line.startswith(("VmRSS", "VmHWM")))}


async def answers(session, program, index, args):
    tools = (await session.list_tools()).tools
    print(f"{len(tools)} tools, described in {sum(len(tool.model_dump_json()) for tool in tools):,} bytes")
    for tool in tools:
        jsonschema.Draft202012Validator.check_schema(tool.input_schema)
        assert tool.annotations.read_only_hint
    schemas = {tool.name: jsonschema.Draft202012Validator(tool.input_schema) for tool in tools}
    topics = command(program, index, "status")["topics"]
    topic = max((topic for topic in topics if len(topic["perspectives"]) > 1), key=lambda topic: topic["digests"])
    spec = Path(args.spec)
    for tool, arguments, of_command in cases(topic["id"], topic["perspectives"][0]["id"], topic["last"], spec):
        schemas[tool].validate(arguments)
        answer, pages = await whole(session, tool, arguments)
        expected = command(program, index, *of_command)
        assert answer == expected, (tool, arguments)
        print(f"  {tool} {str(arguments)[:60]}: equals the command, {pages} pages")
    for tool, arguments, expected in WRONG:
        result = await session.call_tool(tool, arguments)
        assert result.is_error and expected in result.content[0].text, (tool, arguments, result.content[0].text)
    print(f"  {len(WRONG)} wrong calls: errors of the tool, with hints")
    listed = await session.list_resources()
    for resource in listed.resources[:20]:
        read = await session.read_resource(str(resource.uri))
        assert read.contents[0].text.startswith("#"), resource.uri
    templates = (await session.list_resource_templates()).resource_templates
    print(f"  {len(listed.resources)} resources on the first page, 20 read; template {templates[0].uri_template}")
    return topic


async def load(session, args, topic, pid):
    lot = random.Random(1)
    words = ["trade", "war", "tariff", "port", "export", "court", "energy", "china", "steel", "oil"]
    mix = [("search", 60), ("count", 20), ("show", 10), ("status", 4), ("trend", 3), ("compare", 2), ("stories", 1)]
    names, weights = zip(*mix)

    def arguments(tool):
        word = lot.choice(words)
        return {
            "search": {"text": f"{word} OR {lot.choice(words)}", "limit": lot.randrange(1, 30)},
            "count": {"text": word, "by": lot.choice(["week", "source", "perspective"])},
            "show": {"id": [f"{topic['id']}/{topic['last']}"]},
            "trend": {"topic": topic["id"], "text": word},
            "compare": {"topic": topic["id"], "text": word},
            "stories": {"topic": topic["id"], "limit": 5},
        }.get(tool, {})

    tools = lot.choices(names, weights, k=args.requests)
    work, times, errors = iter([(tool, arguments(tool)) for tool in tools]), {}, Counter()

    async def worker():
        for tool, given in work:
            begin = time.perf_counter()
            result = await session.call_tool(tool, given)
            times.setdefault(tool, []).append((time.perf_counter() - begin) * 1e3)
            # Words without a match of the topic are errors of compare.
            errors[tool] += bool(result.is_error)

    before, begin = memory(pid), time.perf_counter()
    await asyncio.gather(*(worker() for _ in range(AT_ONCE)))
    took = time.perf_counter() - begin
    print(f"{args.requests:,} requests, {AT_ONCE} at a time: {args.requests / took:,.0f} per second")
    print("| tool | calls | p50 ms | p99 ms | slowest ms | errors |\n|---|--:|--:|--:|--:|--:|")
    for tool in names:
        all_times = sorted(times.get(tool, [0.0]))
        p50, p99 = (all_times[min(len(all_times) - 1, int(len(all_times) * share))] for share in (0.5, 0.99))
        print(f"| {tool} | {len(all_times):,} | {p50:.1f} | {p99:.1f} | {all_times[-1]:.1f} | {errors[tool]} |")
    after = memory(pid)
    print(f"memory: {before['VmRSS']:.1f} MB before, {after['VmRSS']:.1f} MB after, at most {after['VmHWM']:.1f} MB")


async def one_by_one(session):
    times = []
    for _ in range(500):
        begin = time.perf_counter()
        await session.call_tool("search", {"text": "trade"})
        times.append((time.perf_counter() - begin) * 1e3)
    times.sort()
    print(f"500 searches one by one: p50 {times[250]:.2f} ms, p99 {times[495]:.2f} ms")


async def cancelled(session):
    """The client gives a call up; others are answered at once."""
    task = asyncio.create_task(session.call_tool("stories", {"limit": "all"}))
    await asyncio.sleep(0.02)
    task.cancel()
    try:
        await task
        print("the call ended before it was cancelled")
    except asyncio.CancelledError:
        pass
    begin = time.perf_counter()
    result = await session.call_tool("count", {})
    assert not result.is_error
    print(f"after a cancelled call, the next answer took {(time.perf_counter() - begin) * 1e3:.1f} ms")


CLIENT = """
import asyncio, sys
from mcp import ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client
async def main():
    async with stdio_client(StdioServerParameters(command=sys.argv[1], args=["--index", sys.argv[2], "mcp"])) as (read, write):
        async with ClientSession(read, write) as session:
            await session.initialize()
            calls = [session.call_tool("stories", {"limit": "all"}) for _ in range(5)]
            print("calling", flush=True)
            await asyncio.gather(*calls)
            await asyncio.sleep(60)
asyncio.run(main())
"""


def killed(program, index):
    """Kills clients while their calls are answered; no server may stay."""
    known, waits = set(servers(program)), []
    for _ in range(10):
        client = subprocess.Popen([sys.executable, "-c", CLIENT, program, index], stdout=subprocess.PIPE)
        client.stdout.readline()
        time.sleep(0.05)
        assert set(servers(program)) - known, "no server"
        client.send_signal(signal.SIGKILL)
        client.wait()
        begin = time.perf_counter()
        while set(servers(program)) - known:
            assert time.perf_counter() - begin < 20, "an orphan"
            time.sleep(0.01)
        waits.append(time.perf_counter() - begin)
    print(f"10 clients killed during calls: no orphan, the last server ended after {max(waits):.2f} s")


def inspector(folder, program, index, topic):
    cli = Path(folder) / "node_modules/.bin/mcp-inspector"
    if not cli.exists():
        print("the inspector is not installed: npm install --prefix inspector @modelcontextprotocol/inspector")
        return

    def run(*args):
        line = [cli, "--cli", program, "--index", index, "mcp", *args]
        done = subprocess.run(line, capture_output=True, text=True, timeout=120, cwd=ROOT)
        assert done.returncode == 0, done.stderr + done.stdout
        return json.loads(done.stdout)

    tools = [tool["name"] for tool in run("--method", "tools/list")["tools"]]
    calls = {
        "search": ["text=trade"],
        "show": [f'id=["{topic["id"]}/{topic["last"]}"]'],
        "count": ['by=["week"]'],
        "compare": [f"topic={topic['id']}"],
        "trend": [f"topic={topic['id']}"],
        "stories": ["limit=2", "one_sided=true"],
        "status": [],
        "report": ["spec=sections: [{count: {by: week}}]"],
    }
    assert sorted(tools) == sorted(calls)
    for tool, given in calls.items():
        args = [part for pair in given for part in ("--tool-arg", pair)]
        result = run("--method", "tools/call", "--tool-name", tool, *args)
        assert not result.get("isError"), result
        json.loads(result["content"][0]["text"])
    wrong = run("--method", "tools/call", "--tool-name", "search", "--tool-arg", "txt=x")
    assert wrong["isError"] and "did you mean" in wrong["content"][0]["text"], wrong
    resources = run("--method", "resources/list")["resources"]
    text = run("--method", "resources/read", "--uri", resources[0]["uri"])["contents"][0]["text"]
    assert text.startswith("#"), text
    print(f"the inspector: {len(tools)} tools called, a wrong argument, {len(resources)} resources listed, one read")


async def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", nargs="?", default=ROOT / "corpus")
    parser.add_argument("--requests", type=int, default=10_000)
    parser.add_argument("--inspector", default=ROOT / "inspector")
    parser.add_argument("--program", default=ROOT / "target/release/digest-search")
    parser.add_argument("--spec", default=None)
    args = parser.parse_args()
    program = str(Path(args.program).resolve())
    with tempfile.TemporaryDirectory() as scratch:
        index = os.path.join(os.path.realpath(scratch), "index")
        subprocess.run([program, "--quiet", "--index", index, "index", args.corpus], check=True, capture_output=True)
        if args.spec is None:
            args.spec = os.path.join(scratch, "spec.yaml")
            Path(args.spec).write_text("title: Weeks\nsections:\n- title: All\n  count: {by: week}\n- query: {text: trade, limit: 40}\n")
        known = set(servers(program))
        server = StdioServerParameters(command=program, args=["--index", index, "mcp"])
        async with stdio_client(server) as (read, write):
            async with ClientSession(read, write) as session:
                begin = time.perf_counter()
                greeting = await session.initialize()
                print(f"protocol {greeting.protocol_version}, instructions of {len(greeting.instructions):,} bytes, first answer after {(time.perf_counter() - begin) * 1e3:.0f} ms")
                (pid,) = set(servers(program)) - known
                topic = await answers(session, program, index, args)
                await one_by_one(session)
                await load(session, args, topic, pid)
                await cancelled(session)
        # The protocol without a greeting, as of 2026-07-28.
        async with stdio_client(server) as (read, write):
            async with ClientSession(read, write) as session:
                found = await session.discover()
                result = await session.call_tool("search", {"text": "trade"})
                assert not result.is_error and "digests" in found.instructions
                print(f"protocol {session.protocol_version}: a search without a greeting")
        assert set(servers(program)) == known, "a server outlived its client"
        killed(program, index)
        inspector(args.inspector, program, index, topic)


if __name__ == "__main__":
    asyncio.run(main())
