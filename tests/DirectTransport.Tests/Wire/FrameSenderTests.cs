using Microsoft.Extensions.Time.Testing;

namespace DaprMoE.DirectTransport.Tests;

public sealed class FrameSenderTests
{
    private static readonly TimeSpan LongTime = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task CloseAsync_WhileAFrameIsHandedOver_WaitsForIt()
    {
        using ManualResetEventSlim begun = new(initialState: false);
        using ManualResetEventSlim go = new(initialState: false);
        SentFrames frames = new()
        {
            During = () =>
            {
                begun.Set();
                go.Wait(LongTime);
            },
        };
        FrameSender sender = new(frames, _ => { });
        Task sending = Task.Run(() => sender.Send(FrameBuffer.Rent(8)), TestContext.Current.CancellationToken);
        Assert.True(begun.Wait(LongTime, TestContext.Current.CancellationToken));

        Task closed = sender.CloseAsync(LongTime, TimeProvider.System, NeverCut);
        Assert.False(closed.IsCompleted);
        go.Set();
        await closed.WaitAsync(LongTime, TestContext.Current.CancellationToken);
        await sending;
    }

    [Fact]
    public async Task CloseAsync_WhereHandingOverFails_Ends_AndTheFailureIsTold()
    {
        Exception? told = null;
        FrameSender sender = new(new SentFrames { During = () => throw new IOException("broken") }, failure => told = failure);
        sender.Send(FrameBuffer.Rent(8));

        await sender.CloseAsync(LongTime, TimeProvider.System, NeverCut).WaitAsync(LongTime, TestContext.Current.CancellationToken);
        Assert.Equal("broken", told?.Message);
    }

    [Fact]
    public async Task CloseAsync_OtherSideDoesNotRead_CutsAfterItsTime()
    {
        FakeTimeProvider clock = new();
        TaskCompletionSource reading = new();
        FrameSender sender = new(new SentFrames { Taken = reading.Task }, _ => { });
        sender.Send(FrameBuffer.Rent(8));

        bool isCut = false;
        Task closed = sender.CloseAsync(TimeSpan.FromSeconds(5), clock, () => isCut = true);
        clock.Advance(TimeSpan.FromSeconds(4));
        Assert.False(isCut || closed.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(1));
        await closed.WaitAsync(LongTime, TestContext.Current.CancellationToken);
        Assert.True(isCut);
        reading.SetResult();
    }

    private static void NeverCut() => Assert.Fail("It was cut.");
}
