namespace IpcBench.Processes;

/// <summary>The lines between this program and its children, besides those in JSON. A child ends when its input does.</summary>
internal static class ChildWords
{
    /// <summary>From a child: it can be reached, or is connected.</summary>
    internal const string Ready = "ready";

    /// <summary>To the answering child: what have you used, at the start of what is measured? It answers in JSON.</summary>
    internal const string UsageAtStart = "usage-start";

    /// <summary>The same at the end.</summary>
    internal const string UsageAtEnd = "usage-end";

    /// <summary>From the asking child: the warm-up is over.</summary>
    internal const string Counting = "counting";

    /// <summary>From the asking child: nothing is counted any more. Its figures follow in JSON.</summary>
    internal const string Counted = "counted";
}
