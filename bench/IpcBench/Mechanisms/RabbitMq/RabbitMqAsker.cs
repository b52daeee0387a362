using System.Globalization;
using IpcBench.Exchanging;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace IpcBench.Mechanisms.RabbitMq;

/// <summary>Publishes requests, and matches what arrives in a queue of its own by correlation ids.</summary>
internal sealed class RabbitMqAsker : TaskAsker
{
    private readonly IConnection _connection;
    private readonly IChannel _channel;
    private readonly string _replyTo;
    private readonly TaskCompletionSource<byte[]>?[] _waiting = new TaskCompletionSource<byte[]>?[Load.MaxInFlight];
    private readonly string[] _ids = [.. Enumerable.Range(0, Load.MaxInFlight).Select(slot => slot.ToString(CultureInfo.InvariantCulture))];

    private RabbitMqAsker(IConnection connection, IChannel channel, string replyTo)
    {
        _connection = connection;
        _channel = channel;
        _replyTo = replyTo;
    }

    /// <summary>Starts to read its results. Owns the connection from here on.</summary>
    internal static async Task<RabbitMqAsker> StartAsync(IConnection connection)
    {
        IChannel channel = await connection.CreateChannelAsync();
        QueueDeclareOk results = await channel.QueueDeclareAsync();
        var asker = new RabbitMqAsker(connection, channel, results.QueueName);
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += asker.OnResultAsync;
        await channel.BasicConsumeAsync(results.QueueName, autoAck: true, consumer);
        return asker;
    }

    /// <inheritdoc/>
    public override ValueTask DisposeAsync() => _connection.DisposeAsync();

    /// <inheritdoc/>
    protected override async ValueTask AskAsync(Load load, int slot, byte[] request, long number)
    {
        var waiting = new TaskCompletionSource<byte[]>(TaskCreationOptions.RunContinuationsAsynchronously);
        Volatile.Write(ref _waiting[slot], waiting);
        await _channel.BasicPublishAsync(
            exchange: "",
            routingKey: RabbitMqAnswerer.Queue,
            mandatory: false,
            basicProperties: new BasicProperties { CorrelationId = _ids[slot], ReplyTo = _replyTo },
            body: request);
        Message.Check(await waiting.Task, request, number, wholly: load.Count > 0);
    }

    private Task OnResultAsync(object sender, BasicDeliverEventArgs result)
    {
        int slot = int.Parse(result.BasicProperties.CorrelationId!, CultureInfo.InvariantCulture);

        // The client takes its buffer back after this call.
        Volatile.Read(ref _waiting[slot])!.TrySetResult(result.Body.ToArray());
        return Task.CompletedTask;
    }
}
