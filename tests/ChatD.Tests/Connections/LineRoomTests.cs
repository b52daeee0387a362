using ChatD.Connections;

namespace ChatD.Tests.Connections;

public sealed class LineRoomTests
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task TakeAsync_NoPlaceLeft_GetsTheNextOneInTheOrderOfAsking()
    {
        var room = new LineRoom(places: 1);
        await room.TakeAsync(CancellationToken.None);
        Task second = room.TakeAsync(CancellationToken.None).AsTask();
        Task third = room.TakeAsync(CancellationToken.None).AsTask();
        Assert.False(second.IsCompleted);
        room.Release();
        await second.WaitAsync(s_limit);
        Assert.False(third.IsCompleted);
        room.Release();
        await third.WaitAsync(s_limit);
    }

    [Fact]
    public async Task Release_WaiterGaveUp_PlaceIsTheNextOnes()
    {
        var room = new LineRoom(places: 1);
        await room.TakeAsync(CancellationToken.None);
        using var givenUp = new CancellationTokenSource();
        Task second = room.TakeAsync(givenUp.Token).AsTask();
        Task third = room.TakeAsync(CancellationToken.None).AsTask();
        await givenUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second.WaitAsync(s_limit));
        room.Release();
        await third.WaitAsync(s_limit);

        room.Release();
        await room.TakeAsync(CancellationToken.None).AsTask().WaitAsync(s_limit);
    }
}
