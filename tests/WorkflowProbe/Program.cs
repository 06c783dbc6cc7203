// A workflow worker that tests start and kill. Environment: DAPR_GRPC_PORT. Argument: the folder of its journal.
using Dapr.Workflow;
using DaprMoE.WorkflowProbe;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

HostApplicationBuilder builder = Host.CreateApplicationBuilder();
builder.Services.AddSingleton(new Journal(args[0]));
builder.Services.AddDaprWorkflow(ProbeWorkflows.Register);
await builder.Build().RunAsync();
