namespace DaprMoE.Gateway.Tests;

public sealed class LocalModelTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task OpenAsync_StoppedWhileAnotherProcessPacks_EndsAtOnce()
    {
        using RandomModel model = new();
        await using FileStream held = model.HoldLock();
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        Task<ServedModel> opening = LocalModel.OpenAsync(new GatewayOptions { Model = model.Folder }, OpeningServices.Quiet(TimeProvider.System), stop.Token);
        stop.CancelAfter(TimeSpan.FromMilliseconds(300));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => opening.WaitAsync(TimeSpan.FromSeconds(20), Cancel));
        Assert.Equal(["daprmoe.packed.lock"], model.PackingFiles);
    }
}
