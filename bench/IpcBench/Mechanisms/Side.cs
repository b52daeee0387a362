namespace IpcBench.Mechanisms;

/// <summary>Whose code is measured.</summary>
internal enum Side
{
    /// <summary>The C program: the system calls and nothing else.</summary>
    C = 1,

    /// <summary>C# on the bare mechanism.</summary>
    DotNet = 2,

    /// <summary>This repository's requests and wire on top of the mechanism.</summary>
    Library = 3,
}
