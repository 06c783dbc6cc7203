[assembly: AssemblyFixture(typeof(DaprMoE.Dapr.Tests.ControlPlane))]
[assembly: AssemblyFixture(typeof(DaprMoE.Dapr.Tests.RedisServer))]
