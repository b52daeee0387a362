namespace System.Tests.Support;

/// <summary>A pair with default options for all tests of a class; they play under names of their own.</summary>
public sealed class SharedPair : IAsyncLifetime
{
    private ServerPair? _pair;

    /// <summary>The pair.</summary>
    public ServerPair Pair => _pair!;

    public async Task InitializeAsync() => _pair = await ServerPair.StartAsync();

    public Task DisposeAsync()
    {
        _pair?.Dispose();
        return Task.CompletedTask;
    }
}
