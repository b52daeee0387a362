using ChannelD;
using ChannelD.Commands;
using Microsoft.Extensions.DependencyInjection;
using Shared.Protocol.Hosting;

namespace Shared.Operations.Tests;

public sealed class SetupTests
{
    [Fact]
    public void Registry_CommandThatCannotBeUsed_IsARefusalOfOneLineAndExitCode2()
    {
        ServiceCollection services = new();
        services.AddGameChannel();
        services.AddSingleton<IPlayerCommand, NamelessCommand>();
        using ServiceProvider provider = services.BuildServiceProvider();

        SetupException refused = Assert.Throws<SetupException>(() => provider.GetRequiredService<CommandRegistry>());

        var failure = Failure.Of(refused, building: false);
        Assert.Equal(ExitCodes.BadConfiguration, failure.ExitCode);
        Assert.Contains(nameof(NamelessCommand), Assert.Single(failure.Lines), StringComparison.Ordinal);
        Assert.Contains("it has no name", failure.Lines[0], StringComparison.Ordinal);
    }

    private sealed class NamelessCommand : IPlayerCommand
    {
        public CommandDescription Description { get; } = new()
        {
            Id = "nameless",
            Names = [],
            Usage = new LocalText("/", "/"),
            Help = new LocalText("도움", "help"),
            Texts = [],
        };

        public ValueTask<CommandAnswer> RunAsync(CommandCall call, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
