namespace Shared.Protocol.Transport.ResultPath;

/// <summary>Which way results take from channelD to chatD.</summary>
public enum ResultPathKind
{
    /// <summary>The result queue.</summary>
    Queue = 1,

    /// <summary>A Unix socket at which the chatD listens; the result queue while there is none.</summary>
    Socket,
}
