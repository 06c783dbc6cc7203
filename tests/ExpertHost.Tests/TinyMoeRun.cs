[assembly: AssemblyFixture(typeof(DaprMoE.ExpertHost.Tests.TinyMoeRun))]

namespace DaprMoE.ExpertHost.Tests;

/// <summary>The plain run of the bundled model that failures are compared with, computed once.</summary>
public sealed class TinyMoeRun : IAsyncLifetime
{
    public const int Generations = 8;
    public const int Tokens = 100;

    internal PlainRun Plain { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Plain = await PlainRun.OfAsync(Repository.Model("tiny-moe"), Generations, Tokens);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
