using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Faults.Journal;

/// <summary>Waits for the daemon's host to be built, and has its journal kept.</summary>
/// <param name="path">Where the journal's files go, without a suffix.</param>
internal sealed class HostWatch(string path) : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
{
    // By name: in chatD the assembly of channelD is not there to be asked for a type.
    private const string CommandTypeName = "ChannelD.Commands.IPlayerCommand";

    public static void Begin(string path) => _ = DiagnosticListener.AllListeners.Subscribe(new HostWatch(path));

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == "Microsoft.Extensions.Hosting")
        {
            _ = value.Subscribe(this);
        }
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value is { Key: "HostBuilding", Value: IHostBuilder builder })
        {
            _ = builder.ConfigureServices(AddJournal);
        }
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }

    private void AddJournal(IServiceCollection services)
    {
        DaemonJournal.AddVitals(services, path);
        if (services.Any(static service => service.ServiceType.FullName == CommandTypeName))
        {
            ChannelJournal.AddCommands(services, path);
        }
    }
}
