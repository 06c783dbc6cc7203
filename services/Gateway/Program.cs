using DaprMoE.Gateway;
using Microsoft.Extensions.Options;

// The gateway as a process of its own. Settings: DAPRMOE__GATEWAY__MODEL=models/tiny-moe, or --Gateway:Model=models/tiny-moe.
const int Failed = 1;
const int WrongSettings = 2;

try
{
    WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(args);
    builder.AddGateway(LocalModel.OpenAsync);
    await using WebApplication app = builder.Build().MapGateway();
    return await app.RunGatewayAsync() is null ? 0 : Failed;
}
catch (OptionsValidationException exception)
{
    foreach (string failure in exception.Failures)
    {
        Console.Error.WriteLine(failure);
    }

    return WrongSettings;
}
catch (IOException exception)
{
    // Kestrel's word for an address that is taken or not this machine's.
    Console.Error.WriteLine($"{exception.Message} Set DAPRMOE__GATEWAY__URLS to another address; port 0 takes a free one.");
    return Failed;
}
