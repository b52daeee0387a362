using IpcBench.Exchanging;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace IpcBench.Mechanisms.RabbitMq;

/// <summary>Reads the request queue, and publishes each body to the queue that its request names.</summary>
internal sealed class RabbitMqAnswerer : IAnswerer
{
    /// <summary>The queue of requests.</summary>
    internal const string Queue = "find";

    private readonly IConnection _connection;

    private RabbitMqAnswerer(IConnection connection) => _connection = connection;

    /// <inheritdoc/>
    public Task Ended { get; } = new TaskCompletionSource().Task;

    /// <summary>Starts to read. Owns the connection from here on.</summary>
    internal static async Task<RabbitMqAnswerer> StartAsync(IConnection connection)
    {
        IChannel channel = await connection.CreateChannelAsync();
        await channel.QueueDeclareAsync(Queue, durable: false, exclusive: false, autoDelete: true);
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += async (_, request) => await channel.BasicPublishAsync(
            exchange: "",
            routingKey: request.BasicProperties.ReplyTo!,
            mandatory: false,
            basicProperties: new BasicProperties { CorrelationId = request.BasicProperties.CorrelationId },
            body: request.Body);
        await channel.BasicConsumeAsync(Queue, autoAck: true, consumer);
        return new RabbitMqAnswerer(connection);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _connection.DisposeAsync();
}
