namespace DaprMoE.Dapr.Tests;

/// <summary>Tensors by reference between services.</summary>
[Collection(SharedPorts.Name)]
public sealed class ObjectStoreTests(SidecarPorts ports)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(100)]
    [InlineData(9 << 20)]
    public async Task Put_Object_IsGotByAnotherServiceAndGoneAfterUse(int bytes)
    {
        ports.Require();
        string name = $"run-{Guid.NewGuid():N}/L0.E1";
        byte[] value = new byte[bytes];
        new Random(2).NextBytes(value);
        await ports.Autoscaler.Objects.PutAsync(name, new byte[5 << 20], Cancel);
        await ports.Autoscaler.Objects.PutAsync(name, value, Cancel);
        Assert.True((await ports.Hosts[0].Objects.GetAsync(name, Cancel))!.Value.Span.SequenceEqual(value));
        await ports.Hosts[0].Objects.DeleteAsync(name, Cancel);
        Assert.Null(await ports.Hosts[1].Objects.GetAsync(name, Cancel));
    }
}
