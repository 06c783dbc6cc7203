using System.Runtime.InteropServices;

namespace DaprMoE.Cli;

/// <summary>
/// Ctrl-C and SIGTERM. The first one asks: it cancels the innermost scope, or the command when there is none. The second ends the process.
/// </summary>
internal sealed class Interrupts : IDisposable
{
    private readonly CancellationTokenSource _command = new();
    private readonly Stack<CancellationTokenSource> _scopes = new();
    private readonly Lock _lock = new();
    private readonly List<PosixSignalRegistration> _registrations = [];
    private readonly Action<int> _exit;

    public Interrupts(Action<int> exit)
    {
        _exit = exit;
    }

    /// <summary>Cancelled when the command is to end.</summary>
    public CancellationToken Token => _command.Token;

    /// <summary>The exit code of a command that was ended.</summary>
    public int ExitCode { get; private set; } = ExitCodes.Interrupted;

    public static Interrupts OfProcess()
    {
        Interrupts interrupts = new(Environment.Exit);
        interrupts.Register(PosixSignal.SIGINT, interrupts.Interrupt);
        interrupts.Register(PosixSignal.SIGTERM, interrupts.Terminate);
        return interrupts;
    }

    /// <summary>Until the result is disposed, Ctrl-C cancels only the token that comes with it.</summary>
    public Scope Enter()
    {
        // Never disposed, since a signal may be about to cancel it while its scope ends; it holds nothing that needs it.
        CancellationTokenSource source = new();
        lock (_lock)
        {
            _scopes.Push(source);
        }

        return new Scope(this, source.Token);
    }

    /// <summary>What Ctrl-C does.</summary>
    public void Interrupt()
    {
        CancellationTokenSource target;
        lock (_lock)
        {
            target = _scopes.TryPeek(out CancellationTokenSource? scope) ? scope : _command;
        }

        CancelOrExit(target, ExitCodes.Interrupted);
    }

    /// <summary>What SIGTERM does: no scope survives it.</summary>
    public void Terminate()
    {
        ExitCode = ExitCodes.Terminated;
        CancellationTokenSource[] scopes;
        lock (_lock)
        {
            scopes = [.. _scopes];
        }

        CancelOrExit(_command, ExitCodes.Terminated);
        foreach (CancellationTokenSource scope in scopes)
        {
            scope.Cancel();
        }
    }

    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations)
        {
            registration.Dispose();
        }

        _command.Dispose();
    }

    private void Register(PosixSignal signal, Action handler) =>
        _registrations.Add(PosixSignalRegistration.Create(signal, context =>
        {
            context.Cancel = true;
            handler();
        }));

    private void CancelOrExit(CancellationTokenSource target, int exitCode)
    {
        if (target.IsCancellationRequested)
        {
            _exit(exitCode);
            return;
        }

        target.Cancel();
    }

    private void Leave()
    {
        lock (_lock)
        {
            _scopes.Pop();
        }
    }

    /// <summary>A part of a command that Ctrl-C ends without ending the command.</summary>
    public sealed class Scope(Interrupts owner, CancellationToken token) : IDisposable
    {
        public CancellationToken Token { get; } = token;

        public void Dispose() => owner.Leave();
    }
}
