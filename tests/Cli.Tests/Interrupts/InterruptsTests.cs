namespace DaprMoE.Cli.Tests;

public sealed class InterruptsTests : IDisposable
{
    private readonly List<int> _exits = [];
    private readonly Interrupts _interrupts;

    public InterruptsTests() => _interrupts = new Interrupts(_exits.Add);

    [Fact]
    public void Interrupt_First_CancelsTheCommand()
    {
        _interrupts.Interrupt();

        Assert.True(_interrupts.Token.IsCancellationRequested);
        Assert.Equal(ExitCodes.Interrupted, _interrupts.ExitCode);
        Assert.Empty(_exits);
    }

    [Fact]
    public void Interrupt_Second_EndsTheProcess()
    {
        _interrupts.Interrupt();
        _interrupts.Interrupt();

        Assert.Equal([130], _exits);
    }

    [Fact]
    public void Interrupt_InsideAScope_CancelsOnlyTheScope()
    {
        using (Interrupts.Scope scope = _interrupts.Enter())
        {
            _interrupts.Interrupt();
            Assert.True(scope.Token.IsCancellationRequested);
        }

        Assert.False(_interrupts.Token.IsCancellationRequested);
        _interrupts.Interrupt();
        Assert.True(_interrupts.Token.IsCancellationRequested);
    }

    [Fact]
    public void Terminate_InsideAScope_CancelsTheCommand()
    {
        using Interrupts.Scope scope = _interrupts.Enter();
        _interrupts.Terminate();

        Assert.True(scope.Token.IsCancellationRequested);
        Assert.True(_interrupts.Token.IsCancellationRequested);
        Assert.Equal(143, _interrupts.ExitCode);
    }

    public void Dispose() => _interrupts.Dispose();
}
