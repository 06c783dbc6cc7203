using DaprMoE.Gateway;
using DaprMoE.ServiceDefaults;

// The gateway as a process of its own. Settings: DAPRMOE__GATEWAY__MODEL=models/tiny-moe, or --Gateway:Model=models/tiny-moe.
try
{
    WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(
        new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
    builder.AddGateway(LocalModel.OpenAsync);
    await using WebApplication app = builder.Build().MapGateway();
    return await app.RunGatewayAsync() is { } failure ? StartFailure.Report(failure, Console.Error, ExplainedFailures.Include) : 0;
}
#pragma warning disable CA1031 // The outermost place: whatever it is, it is reported.
catch (Exception failure)
#pragma warning restore CA1031
{
    return StartFailure.Report(failure, Console.Error, ExplainedFailures.Include);
}
