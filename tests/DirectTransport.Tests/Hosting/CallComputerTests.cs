using DaprMoE.Ports;
using Microsoft.Extensions.Logging.Abstractions;

namespace DaprMoE.DirectTransport.Tests;

public sealed class CallComputerTests
{
    private static readonly TimeSpan LongTime = TimeSpan.FromSeconds(30);

    [Fact]
    public void Call_BehindAnother_HoldsNoExpertsBeforeItsTurn()
    {
        using ManualResetEventSlim computes = new(initialState: false);
        using ManualResetEventSlim go = new(initialState: false);
        List<int> open = [];
        FakeDevice device = new();
        device.Before = () =>
        {
            computes.Set();
            go.Wait(LongTime);
            open.Add(device.OpenCalls);
        };
        FrameSender sender = new(new SentFrames(), _ => { });
        using (CallComputer computer = new(device, HostApp.Description(), _ => { }, NullLogger.Instance))
        {
            Assert.True(computer.TryAccept(Accepted(1, sender)));
            Assert.True(computes.Wait(LongTime, TestContext.Current.CancellationToken));
            Assert.True(computer.TryAccept(Accepted(2, sender)));
            go.Set();
        }

        Assert.Equal([1, 1], open);
    }

    private static HostedCall Accepted(long id, FrameSender sender)
    {
        CallEncoder encoder = new(Model.Limits);
        ExpertCall call = new LayerCall(id, LongTime).Call;
        FrameBuffer frame = FrameBuffer.Rent(encoder.Measure(call));
        UInt128 model = HostApp.Description().ModelNumber;
        encoder.Write(call, new CallAddress(model, HostApp.Incarnation, Device: 0), FrameKind.Call, frame.Span);
        HostedCall hosted = new(Model.Limits, model) { Bytes = frame, Sender = sender, Number = id };
        hosted.Frame.Read(frame.Memory);
        return hosted;
    }
}
