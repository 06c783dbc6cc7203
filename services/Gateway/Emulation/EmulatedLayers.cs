using DaprMoE.Experts;
using DaprMoE.Inference;

namespace DaprMoE.Gateway;

/// <summary>Lets the time of what is no expert pass after each layer, and sleeps as the pace says.</summary>
/// <param name="layers">What runs the layers, on emulated devices.</param>
/// <param name="box">Their clock and costs.</param>
/// <param name="pace">How much of the virtual time is slept.</param>
internal sealed class EmulatedLayers(IMoeLayer layers, EmulatedBox box, double pace) : IMoeLayer
{
    // A slip of the tongue in the pace should not stop a server for good.
    private static readonly TimeSpan LongestSleep = TimeSpan.FromSeconds(30);

    /// <inheritdoc/>
    public void BeginIteration(in ForwardRows rows) => layers.BeginIteration(in rows);

    /// <inheritdoc/>
    public void Forward(in MoeLayerCall call)
    {
        double before = box.Clock.Now;
        layers.Forward(in call);
        box.Clock.Advance(box.Timing.NonExpert(call.Experts.Length / call.TopK));
        if (pace > 0)
        {
            Sleep(pace * (box.Clock.Now - before), call.Abandoned);
        }
    }

    private static void Sleep(double seconds, CancellationToken abandoned)
    {
        TimeSpan wait = seconds < LongestSleep.TotalSeconds ? TimeSpan.FromSeconds(seconds) : LongestSleep;
        abandoned.WaitHandle.WaitOne(wait);
    }
}
