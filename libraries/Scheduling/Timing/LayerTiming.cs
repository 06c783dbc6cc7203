using System.Numerics;

namespace DaprMoE.Scheduling;

/// <summary>The time of a layer from the tokens of its replicas.</summary>
public static class LayerTiming
{
    /// <summary>
    /// Compute = the slowest replica or device; all-to-all = <paramref name="secondsPerTokenMoved"/> times the most tokens of a device.
    /// </summary>
    /// <param name="plan">Where the replicas are.</param>
    /// <param name="tokens">Tokens of each replica, in the order of <see cref="LayerPlan.Replicas"/>.</param>
    /// <param name="model">Time of a replica.</param>
    /// <param name="secondsPerTokenMoved">Time to move one token to or from a device (beta), s.</param>
    /// <param name="overlap">Whether the replicas of a device run side by side or one after the other.</param>
    /// <param name="deviceTokens">Receives the tokens of each device.</param>
    /// <param name="deviceSeconds">Receives the time of each device if its replicas run one after the other, s.</param>
    /// <typeparam name="T">Whole tokens (int) or shares of tokens (double).</typeparam>
    /// <exception cref="SchedulingException">A span does not have one entry per replica or device.</exception>
    public static LayerTime Of<T>(
        LayerPlan plan,
        ReadOnlySpan<T> tokens,
        in TimeModel model,
        double secondsPerTokenMoved,
        DeviceOverlap overlap,
        Span<double> deviceTokens,
        Span<double> deviceSeconds)
        where T : struct, INumber<T>
    {
        ArgumentNullException.ThrowIfNull(plan);
        Check.SameLength("tokens", tokens.Length, "replicas", plan.Count);
        Check.SameLength("device tokens", deviceTokens.Length, "devices", plan.Devices);
        Check.SameLength("device seconds", deviceSeconds.Length, "devices", plan.Devices);
        deviceTokens.Clear();
        deviceSeconds.Clear();
        double slowest = 0;
        for (int i = 0; i < tokens.Length; i++)
        {
            double load = double.CreateTruncating(tokens[i]);
            int device = plan.Replicas[i].Device;
            deviceTokens[device] += load;
            deviceSeconds[device] += model.Work(load);
            slowest = Math.Max(slowest, model.Replica(load));
        }

        double busiest = AddCalls(deviceTokens, deviceSeconds, model.CallConstant);
        double most = 0;
        foreach (double load in deviceTokens)
        {
            most = Math.Max(most, load);
        }

        return new LayerTime(overlap == DeviceOverlap.Replica ? slowest : busiest, secondsPerTokenMoved * most);
    }

    private static double AddCalls(ReadOnlySpan<double> deviceTokens, Span<double> deviceSeconds, double callSeconds)
    {
        double busiest = 0;
        for (int d = 0; d < deviceSeconds.Length; d++)
        {
            deviceSeconds[d] += deviceTokens[d] > 0 ? callSeconds : 0;
            busiest = Math.Max(busiest, deviceSeconds[d]);
        }

        return busiest;
    }
}
