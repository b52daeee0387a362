using Testing.Support.Folders;

namespace Shared.Protocol.Tests.Wire.Independent;

/// <summary>A MessagePack implementation of another hand, in another language.</summary>
internal sealed class IndependentPeer
{
    private readonly string _program;
    private readonly string[] _arguments;

    private IndependentPeer(string program, params string[] arguments)
    {
        _program = program;
        _arguments = arguments;
    }

    /// <summary>python3 with its <c>msgpack</c>; null where there is none.</summary>
    // The module of the Linux distribution belongs to the distribution's python, which need not be the first in the path.
    internal static IndependentPeer? Python { get; } = new[] { "python3", "/usr/bin/python3" }
        .Where(program => Tool.Works(program, "-c", "import msgpack"))
        .Select(program => new IndependentPeer(program, Script("peer.py")))
        .FirstOrDefault();

    /// <summary>node with <c>@msgpack/msgpack</c>; null where there is none.</summary>
    internal static IndependentPeer? Node { get; } =
        Tool.Works("node", "-e", $"require('{Script("node_modules/@msgpack/msgpack")}')") ? new IndependentPeer("node", Script("peer.js")) : null;

    /// <summary>What it makes of each value: a description, and the value as it encodes it itself.</summary>
    internal IReadOnlyList<(string Description, byte[] Encoded)> Exchange(IEnumerable<byte[]> values)
    {
        string input = string.Concat(values.Select(value => Convert.ToHexString(value) + "\n"));
        return
        [
            .. Tool.Run(_program, _arguments, input)
                .Select(line => line.Split(' '))
                .Select(parts => (parts[0], Convert.FromHexString(parts[1]))),
        ];
    }

    private static string Script(string name) => Repository.File(Path.Combine("tests", "Shared.Protocol.Tests", "Wire", "Independent", name));
}
