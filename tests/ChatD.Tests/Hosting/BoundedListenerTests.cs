using System.Net.Sockets;
using ChatD.Hosting.Listening;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Shared.Protocol.Transport;
using Testing.Support.Folders;
using Testing.Support.Waiting;

namespace ChatD.Tests.Hosting;

public sealed class BoundedListenerTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private UnixDomainSocketEndPoint EndPoint => new(_folder.File("chat"));

    [Theory]
    [InlineData(64, 40)]
    [InlineData(200, 72)]
    public void Slots_NoDescriptorForPlayers_RefusesAndSaysWhatToRaise(long limit, int open) =>
        Assert.Contains("LimitNOFILE=", Assert.Throws<ResourceRefusedException>(() => new ConnectionSlots(limit, open)).Message, StringComparison.Ordinal);

    [Fact]
    public void Slots_OfAnyNumberOfDescriptors_AreBounded()
    {
        using var slots = new ConnectionSlots(long.MaxValue, 100);
        Assert.Equal(int.MaxValue, slots.Limit);
    }

    [Fact]
    public async Task Accept_NoSlotLeft_WaitsUntilAConnectionIsClosed()
    {
        using ConnectionSlots slots = OneSlot();
        await using IConnectionListener listener = await BindAsync(slots);
        using Socket first = await ConnectAsync();
        using Socket second = await ConnectAsync();
        ConnectionContext accepted = (await listener.AcceptAsync().AsTask().WaitAsync(Eventually.DefaultDeadline))!;
        Task<ConnectionContext?> waiting = listener.AcceptAsync().AsTask();
        Assert.Equal((0, false), (slots.FreeCount, waiting.IsCompleted));

        await accepted.DisposeAsync();
        await accepted.DisposeAsync();
        ConnectionContext? next = await waiting.WaitAsync(Eventually.DefaultDeadline);
        Assert.Equal(0, slots.FreeCount);
        await next!.DisposeAsync();
        Assert.Equal(1, slots.FreeCount);
    }

    [Fact]
    public async Task Unbind_WhileItWaitsForASlot_EndsTheWait()
    {
        using ConnectionSlots slots = OneSlot();
        await using IConnectionListener listener = await BindAsync(slots);
        using Socket first = await ConnectAsync();
        await using ConnectionContext? accepted = await listener.AcceptAsync().AsTask().WaitAsync(Eventually.DefaultDeadline);
        Task<ConnectionContext?> waiting = listener.AcceptAsync().AsTask();
        await listener.UnbindAsync();
        Assert.Null(await waiting.WaitAsync(Eventually.DefaultDeadline));
    }

    [Fact]
    public async Task Unbind_WhileItAccepts_GivesTheSlotBack()
    {
        using ConnectionSlots slots = OneSlot();
        await using IConnectionListener listener = await BindAsync(slots);
        Task<ConnectionContext?> waiting = listener.AcceptAsync().AsTask();
        await listener.UnbindAsync();
        Assert.Null(await waiting.WaitAsync(Eventually.DefaultDeadline));
        Assert.Equal(1, slots.FreeCount);
    }

    public void Dispose() => _folder.Dispose();

    private static ConnectionSlots OneSlot() => new(ConnectionSlots.ReservedDescriptors + 1, openDescriptors: 0);

    private async Task<IConnectionListener> BindAsync(ConnectionSlots slots) =>
        await new BoundedListenerFactory(
            new SocketTransportFactory(Options.Create(new SocketTransportOptions()), NullLoggerFactory.Instance), slots).BindAsync(EndPoint);

    private async Task<Socket> ConnectAsync()
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(EndPoint);
        return socket;
    }
}
