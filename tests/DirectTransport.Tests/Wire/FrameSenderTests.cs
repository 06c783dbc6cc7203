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

        Task closed = sender.CloseAsync();
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

        await sender.CloseAsync().WaitAsync(LongTime, TestContext.Current.CancellationToken);
        Assert.Equal("broken", told?.Message);
    }
}
