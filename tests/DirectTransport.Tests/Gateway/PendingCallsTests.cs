using Microsoft.Extensions.Time.Testing;

namespace DaprMoE.DirectTransport.Tests;

public sealed class PendingCallsTests
{
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public void Wait_TimeIsOver_GivesUp_AndTheLateAnswerIsDropped()
    {
        PendingCalls calls = new(_clock);
        using FakeStream stream = new(1, calls);
        calls.Begin(5, stream, TimeSpan.FromSeconds(1));
        _clock.Advance(TimeSpan.FromSeconds(1));
        calls.Wait(5, out FrameBuffer? answer, out bool lost);
        Assert.Null(answer);
        Assert.False(lost);

        calls.Answer(5, stream, FrameBuffer.Rent(8));
        Assert.Equal(1, calls.LateAnswers);
    }

    [Fact]
    public void Answer_OfAnotherStream_IsDropped()
    {
        PendingCalls calls = new(_clock);
        using FakeStream old = new(1, calls);
        using FakeStream stream = new(2, calls);
        calls.Begin(5, stream, TimeSpan.FromSeconds(1));
        calls.Answer(5, old, FrameBuffer.Rent(8));
        calls.Answer(5, null, FrameBuffer.Rent(8));
        Assert.Equal(2, calls.LateAnswers);

        calls.Answer(5, stream, FrameBuffer.Rent(16));
        calls.Wait(5, out FrameBuffer? answer, out _);
        Assert.Equal(16, answer!.Length);
    }

    [Fact]
    public void Answer_Twice_IsTakenOnce()
    {
        PendingCalls calls = new(_clock);
        using FakeStream stream = new(1, calls);
        calls.Begin(5, stream, TimeSpan.FromSeconds(1));
        calls.Answer(5, stream, FrameBuffer.Rent(16));
        calls.Answer(5, stream, FrameBuffer.Rent(8));
        calls.Wait(5, out FrameBuffer? answer, out _);
        Assert.Equal((16, 1L), (answer!.Length, calls.LateAnswers));
    }

    [Fact]
    public async Task Wait_StreamIsLost_EndsAtOnce()
    {
        PendingCalls calls = new(_clock);
        FakeStream stream = new(1, calls);
        calls.Begin(5, stream, TimeSpan.FromHours(1));
        Task<bool> waiting = Task.Factory.StartNew(
            () =>
            {
                calls.Wait(5, out _, out bool lost);
                return lost;
            },
            TestContext.Current.CancellationToken,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
        stream.Dispose();
        Assert.True(await waiting);
    }

    [Fact]
    public void Begin_OnALostStream_IsLostAtOnce()
    {
        PendingCalls calls = new(_clock);
        FakeStream stream = new(1, calls);
        stream.Dispose();
        calls.Begin(5, stream, TimeSpan.FromHours(1));
        calls.Wait(5, out FrameBuffer? answer, out bool lost);
        Assert.Null(answer);
        Assert.True(lost);
    }
}
