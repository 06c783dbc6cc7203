using System.Collections.Concurrent;
using System.Diagnostics;

namespace DaprMoE.Dapr.Tests;

/// <summary>A process of a test, with its output; killed at the end.</summary>
internal sealed class ChildProcess : IDisposable
{
    private readonly ConcurrentQueue<string> _output = [];
    private readonly Process _process;

    public ChildProcess(string program, IEnumerable<string> arguments, params (string Name, string Value)[] environment)
        : this(new ProcessStartInfo(program, arguments), environment)
    {
    }

    public ChildProcess(ProcessStartInfo start, params (string Name, string Value)[] environment)
    {
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => _output.Enqueue(line.Data ?? "");
        _process.ErrorDataReceived += (_, line) => _output.Enqueue(line.Data ?? "");
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public bool HasExited => _process.HasExited;

    /// <summary>The last lines that it wrote.</summary>
    public string Output => string.Join('\n', _output.TakeLast(40));

    /// <summary>SIGKILL; it can't do anything about it.</summary>
    public void Kill()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
        }
    }

    public void Dispose()
    {
        Kill();
        _process.Dispose();
    }
}
