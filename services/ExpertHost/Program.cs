using DaprMoE.ExpertHost;
using DaprMoE.ServiceDefaults;

// An expert host as a process of its own. Settings: DAPRMOE__EXPERTHOST__MODEL=models/tiny-moe, or --ExpertHost:Model=models/tiny-moe.
try
{
    WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(args);
    builder.AddExpertHost();
    await using WebApplication app = builder.Build().MapExpertHost();
    return await app.RunExpertHostAsync() is { } failure ? StartFailure.Report(failure, Console.Error, ExplainedFailures.Include) : 0;
}
#pragma warning disable CA1031 // The outermost place: whatever it is, it is reported.
catch (Exception failure)
#pragma warning restore CA1031
{
    return StartFailure.Report(failure, Console.Error, ExplainedFailures.Include);
}
