using System.Globalization;
using IpcBench.Exchanging;
using RabbitMQ.Client;

namespace IpcBench.Mechanisms.RabbitMq;

/// <summary>Request and reply through a RabbitMQ broker that is started for it: nothing is kept on disk, nothing is acknowledged.</summary>
internal sealed class RabbitMqMechanism : Mechanism
{
    internal override string Id => "rabbitmq";

    internal override string Title => "RabbitMQ";

    internal override string? MissingReason => Broker.FindServer() is null ? "There is no rabbitmq-server: apt-get install rabbitmq-server" : null;

    internal override async Task<Stage> PrepareAsync(Place place, CancellationToken cancellationToken) => await Broker.StartAsync(place, cancellationToken);

    internal override async Task<IAnswerer> OpenAnswererAsync(Place place) => await RabbitMqAnswerer.StartAsync(await ConnectAsync(place));

    internal override async Task<IAsker> OpenAskerAsync(Place place) => await RabbitMqAsker.StartAsync(await ConnectAsync(place));

    private static Task<IConnection> ConnectAsync(Place place) => new ConnectionFactory
    {
        HostName = "127.0.0.1",
        Port = int.Parse(place.Value!, CultureInfo.InvariantCulture),
        AutomaticRecoveryEnabled = false,
    }.CreateConnectionAsync();
}
