using Grpc.Core;

namespace Dapr.Workflow;

/// <summary>
/// Asks for a run's state, and again where the sidecar only failed to read its store for a moment: it says so with codes that do not tell
/// this from other failures.
/// </summary>
internal sealed class StatePolling(Func<string, bool, CancellationToken, Task<InstanceSnapshot?>> get, TimeProvider time)
{
    private const int Tries = 6;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    public Task<InstanceSnapshot?> GetAsync(string instanceId, bool everything, CancellationToken cancellation) =>
        TryAsync(() => get(instanceId, everything, cancellation), tries => tries < Tries, cancellation);

    /// <summary>Asks until the run has ended; a sidecar may be away for a minute.</summary>
    public async Task<WorkflowState> WaitAsync(string instanceId, bool everything, CancellationToken cancellation)
    {
        for (TimeSpan pause = FirstPause; ; pause = Longer(pause))
        {
            long began = time.GetTimestamp();
            bool IsPatient(int tries) => time.GetElapsedTime(began) < Patience;
            InstanceSnapshot? instance = await TryAsync(
                () => get(instanceId, everything, cancellation), IsPatient, cancellation).ConfigureAwait(false);
            WorkflowState state = new(instance ?? throw new InvalidOperationException($"There is no workflow run '{instanceId}'."));
            if (state.IsWorkflowCompleted)
            {
                return state;
            }

            await Task.Delay(pause, time, cancellation).ConfigureAwait(false);
        }
    }

    private async Task<InstanceSnapshot?> TryAsync(
        Func<Task<InstanceSnapshot?>> attempt, Func<int, bool> mayRepeat, CancellationToken cancellation)
    {
        TimeSpan pause = FirstPause;
        for (int tries = 1; ; tries++)
        {
            try
            {
                return await attempt().ConfigureAwait(false);
            }
            catch (RpcException exception) when (MayPass(exception.StatusCode) && mayRepeat(tries) && !cancellation.IsCancellationRequested)
            {
                await Task.Delay(pause, time, cancellation).ConfigureAwait(false);
                pause = Longer(pause);
            }
        }
    }

    private static bool MayPass(StatusCode code) =>
        code is StatusCode.Unknown or StatusCode.Unavailable or StatusCode.Internal or StatusCode.Aborted or StatusCode.DeadlineExceeded;

    private static TimeSpan Longer(TimeSpan pause) => TimeSpan.FromTicks(Math.Min(2 * pause.Ticks, LongestPause.Ticks));
}
