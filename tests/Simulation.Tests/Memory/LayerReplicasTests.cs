namespace DaprMoE.Simulation.Tests;

public sealed class LayerReplicasTests
{
    private readonly LayerReplicas _replicas = new(experts: 2, devices: 4);

    [Fact]
    public void Add_OfACopyNumberThatIsHeld_Throws()
    {
        _replicas.Add(1, new SimulatedReplica(index: 0, device: 2));

        InvalidOperationException refused =
            Assert.Throws<InvalidOperationException>(() => _replicas.Add(1, new SimulatedReplica(index: 0, device: 3)));

        Assert.Equal("Expert 1 has replica 0 on device 2; device 3 can't hold it too.", refused.Message);
        Assert.Equal(1, _replicas.Held);
    }

    [Fact]
    public void FreeIndex_BesideHeldAndPromisedCopies_IsNoneOfThem()
    {
        _replicas.Add(0, new SimulatedReplica(index: 0, device: 0));
        _replicas.Add(0, new SimulatedReplica(index: 2, device: 2));

        Assert.Equal(1, _replicas.Promise(0, device: 1));
        Assert.Equal(3, _replicas.Promise(0, device: 1));
        Assert.Equal(4, _replicas.FreeIndex(0, device: 3));
        Assert.Equal(0, _replicas.FreeIndex(1, device: 3));
    }

    [Fact]
    public void FreeIndex_OnTheDeviceOfAPromise_FulfilsIt()
    {
        _replicas.Add(0, new SimulatedReplica(index: 0, device: 0));
        _replicas.Promise(0, device: 1);

        Assert.Equal(1, _replicas.FreeIndex(0, device: 1));

        _replicas.Add(0, new SimulatedReplica(index: 1, device: 1));
        Assert.Equal(2, _replicas.FreeIndex(0, device: 1));
    }

    [Fact]
    public void Promise_OfAnEarlierPlan_IsForgotten()
    {
        _replicas.Promise(0, device: 1);

        _replicas.ForgetPromises();

        Assert.Equal(0, _replicas.FreeIndex(0, device: 2));
    }
}
