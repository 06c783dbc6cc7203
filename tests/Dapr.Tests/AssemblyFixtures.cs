[assembly: AssemblyFixture(typeof(DaprMoE.Dapr.Tests.ControlPlane))]
