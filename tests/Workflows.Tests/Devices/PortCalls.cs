namespace DaprMoE.Workflows.Tests;

/// <summary>Every call of a port goes through here, so that it can fail or be the last thing that a process does.</summary>
internal sealed class PortCalls
{
    private readonly Lock _lock = new();

    /// <summary>The calls so far.</summary>
    public List<string> Log { get; } = [];

    /// <summary>Gives the exception with which a call fails; null: it does not.</summary>
    public Func<string, Exception?> Fault { get; set; } = _ => null;

    /// <summary>The call, counted from 1, at which the process is killed; 0: it is not.</summary>
    public int KillAt { get; set; }

    /// <summary>The call at whose first time the process is killed; null: none.</summary>
    public string? KillAtCall { get; set; }

    /// <summary>Whether the call at which the process is killed still has its effect.</summary>
    public bool KillAfter { get; set; }

    /// <summary>Ends when the process is to be killed.</summary>
    public TaskCompletionSource Killed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public async Task<T> MakeAsync<T>(string name, Func<T> effect)
    {
        bool kills = Count(name);
        await Task.Yield();
        if (Killed.Task.IsCompleted || (kills && !KillAfter))
        {
            await DieAsync();
        }

        Exception? fault = Fault(name);
        T? result = fault is null ? effect() : default;
        if (kills)
        {
            await DieAsync();
        }

        return fault is null ? result! : throw fault;
    }

    private Task DieAsync()
    {
        Killed.TrySetResult();
        return new TaskCompletionSource().Task;
    }

    private bool Count(string name)
    {
        lock (_lock)
        {
            Log.Add(name);
            return Log.Count == KillAt || (name == KillAtCall && Log.Count(earlier => earlier == name) == 1);
        }
    }
}
