using Dapr.Workflow;

namespace DaprMoE.Workflows;

/// <summary>The steps of a rollout. Each is idempotent, and asks a bounded number of devices at once.</summary>
internal sealed class RolloutSteps(WorkflowContext context, RolloutRequest input, IReadOnlyList<string> devices)
{
    private const int DevicesAtOnce = 8;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    /// <summary>What follows a failed activity.</summary>
    public static WorkflowTaskOptions Retries { get; } =
        new(new WorkflowRetryPolicy(3, TimeSpan.FromMilliseconds(200), backoffCoefficient: 3));

    public async Task WarmAsync(RolloutSide side)
    {
        context.SetCustomStatus(side == RolloutSide.Proposed ? RolloutPhase.Warm : RolloutPhase.TakeBack);
        Require(await OnEachAsync<WarmAnswer>(nameof(WarmDevice), side, devices));
    }

    public async Task WaitUntilWarmAsync()
    {
        context.SetCustomStatus(RolloutPhase.Wait);
        IReadOnlyList<string> waiting = devices;
        DateTime deadline = context.CurrentUtcDateTime + input.WarmTimeout;
        for (TimeSpan pause = FirstPause; ; pause = Longer(pause))
        {
            WarmAnswer[] answers = await OnEachAsync<WarmAnswer>(nameof(CheckWarm), RolloutSide.Proposed, waiting);
            Require(answers);
            waiting = [.. waiting.Where((_, i) => answers[i].Waiting > 0)];
            if (waiting.Count == 0)
            {
                return;
            }

            if (context.CurrentUtcDateTime + pause > deadline)
            {
                throw new RolloutRefusedException(
                    $"{answers.Sum(answer => answer.Waiting)} replicas were not warm within {input.WarmTimeout}, on {Names(waiting)}.");
            }

            await context.CreateTimer(pause);
        }
    }

    public async Task SwitchAsync()
    {
        context.SetCustomStatus(RolloutPhase.Switch);
        if (!await context.CallActivityAsync<bool>(nameof(SwitchPlan), input.Version, Retries))
        {
            throw new RolloutSupersededException("A newer plan is in force.");
        }
    }

    public Task GraceAsync() => context.CreateTimer(input.Grace);

    /// <summary>Brings the plan before back. False when a newer one is in force.</summary>
    public async Task<bool> RestoreAsync()
    {
        context.SetCustomStatus(RolloutPhase.TakeBack);
        return await context.CallActivityAsync<bool>(nameof(RestorePlan), input.Version, Retries);
    }

    /// <summary>Lets all go that the plan which stays does not hold, and tries again for as long as there is time.</summary>
    /// <returns>Devices where something may be left; it goes under pressure, or with the next plan.</returns>
    public async Task<IReadOnlyList<string>> ClearAsync(RolloutSide side)
    {
        IEnumerable<string> untold = [];
        if (side == RolloutSide.Restored)
        {
            WarmAnswer?[] told = await TryOnEachAsync<WarmAnswer>(nameof(WarmDevice), side, devices);
            untold = devices.Where((_, i) => told[i] is null);
        }

        context.SetCustomStatus(RolloutPhase.Drain);
        int?[] drained = await TryOnEachAsync<int?>(nameof(DrainDevice), side, devices);
        context.SetCustomStatus(RolloutPhase.Evict);
        IReadOnlyList<string> left = await EvictAsync(side, [.. devices.Where((_, i) => drained[i] != 0)]);
        return [.. left.Union(untold).Order(StringComparer.Ordinal)];
    }

    /// <summary>The text of a failure, also of one that came from parallel activities.</summary>
    public static string Reason(Exception failure) => failure switch
    {
        AggregateException many => string.Join(" ", many.InnerExceptions.Select(Reason)),
        WorkflowTaskFailedException task => task.FailureDetails.ErrorMessage,
        _ => failure.Message,
    };

    private async Task<IReadOnlyList<string>> EvictAsync(RolloutSide side, IReadOnlyList<string> waiting)
    {
        DateTime deadline = context.CurrentUtcDateTime + input.EvictTimeout;
        for (TimeSpan pause = FirstPause; ; pause = Longer(pause))
        {
            int?[] there = await TryOnEachAsync<int?>(nameof(CheckEvicted), side, waiting);
            waiting = [.. waiting.Where((_, i) => there[i] != 0)];
            if (waiting.Count == 0 || context.CurrentUtcDateTime + pause > deadline)
            {
                return waiting;
            }

            await context.CreateTimer(pause);
        }
    }

    private Task<T[]> OnEachAsync<T>(string activity, RolloutSide side, IReadOnlyList<string> names) =>
        context.ProcessInParallelAsync(names, device => CallAsync<T>(activity, side, device), DevicesAtOnce);

    /// <summary>Null stands for a device that failed.</summary>
    private Task<T?[]> TryOnEachAsync<T>(string activity, RolloutSide side, IReadOnlyList<string> names) =>
        context.ProcessInParallelAsync(
            names,
            async device =>
            {
                try
                {
                    return await CallAsync<T>(activity, side, device);
                }
                catch (WorkflowTaskFailedException)
                {
                    return default(T);
                }
            },
            DevicesAtOnce);

    private Task<T> CallAsync<T>(string activity, RolloutSide side, string device) =>
        context.CallActivityAsync<T>(activity, new DeviceStep(input.Version, side, device), Retries);

    private static void Require(WarmAnswer[] answers)
    {
        if (answers.Any(answer => answer.IsSuperseded))
        {
            throw new RolloutSupersededException("Devices follow a newer plan.");
        }

        if (answers.FirstOrDefault(answer => answer.Refusal is not null)?.Refusal is { } refusal)
        {
            throw new RolloutRefusedException(refusal);
        }
    }

    private static TimeSpan Longer(TimeSpan pause) => TimeSpan.FromTicks(Math.Min(2 * pause.Ticks, LongestPause.Ticks));

    private static string Names(IReadOnlyList<string> names) => string.Join(", ", names.Select(name => $"'{name}'"));
}
