namespace Shared.Protocol.Hosting;

/// <summary>
/// Whether what comes over a TCP or Unix socket is taken in on the thread that learns of it from the kernel: in chatD up to the request that is sent to channelD. Each hand-over to
/// another thread that is spared takes longer than all that is done with a line.
/// </summary>
/// <remarks>
/// It asks of whatever runs there that it never waits, which holds for a line: sends never block, and no handler is a user's. One who sends without a pause has his connection
/// handed to the thread pool by chatD, so that nobody waits behind him.
/// </remarks>
public static class InlineSockets
{
    // Read by .NET when the process uses its first socket; there is no other way to say it.
    private const string Variable = "DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS";

    /// <summary>Whether it is so; an operator may have said otherwise, by that variable of the environment with the value 0.</summary>
    public static bool ArePreferred => Environment.GetEnvironmentVariable(Variable) == "1";

    /// <summary>Says it to .NET, unless the environment says something. To be called before any socket is used.</summary>
    public static void Prefer()
    {
        if (Environment.GetEnvironmentVariable(Variable) is null)
        {
            Environment.SetEnvironmentVariable(Variable, "1");
        }
    }
}
